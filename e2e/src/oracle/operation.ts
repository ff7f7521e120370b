import type { IntentionAction } from '@chancery/intentions';
import fc from 'fast-check';

/** The services that are dialled; a real Envoy stands before each. */
export const destinations = ['db', 'api'] as const;

/** One of the services that are dialled. */
export type Destination = (typeof destinations)[number];

/** Names that one pattern could take for another: with a prefix in common, with a dot, and what an unquoted dot would match. */
const named = ['web', 'web-1', 'webx', 'a.b', 'axb', 'api'] as const;

/** Who dials. No intention names the last: only wildcards and the default speak of it. */
export const sources: readonly string[] = [...named, 'batch'];

/** Who may come and go: the Envoy of `web` is part of the test's own equipment. */
const comers = ['web-1', 'a.b', 'batch', ...destinations] as const;

/** Something that happens to the mesh. */
export type Operation =
  | {
      readonly kind: 'write';
      readonly source: string;
      readonly destination: string;
      readonly action: IntentionAction;
    }
  /** Deletes the nth of the intentions that are there, counted around. */
  | { readonly kind: 'delete'; readonly nth: number }
  /** Registers a service; one that is there already, with other metadata. */
  | { readonly kind: 'register'; readonly service: string }
  | { readonly kind: 'deregister'; readonly service: string };

const writes: fc.Arbitrary<Operation> = fc.record({
  kind: fc.constant('write' as const),
  source: fc.oneof(
    { weight: 1, arbitrary: fc.constantFrom(...named) },
    { weight: 1, arbitrary: fc.constant('*') },
  ),
  destination: fc.constantFrom(...destinations, '*'),
  action: fc.constantFrom('allow' as const, 'deny' as const),
});

const deletes: fc.Arbitrary<Operation> = fc.record({
  kind: fc.constant('delete' as const),
  nth: fc.nat({ max: 7 }),
});

const registrations: fc.Arbitrary<Operation> = fc.record({
  kind: fc.constantFrom('register' as const, 'deregister' as const),
  service: fc.constantFrom(...comers),
});

/** A life of the mesh: mostly intentions come and go, sometimes services. */
export const operationSequences: fc.Arbitrary<Operation[]> = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: writes },
    { weight: 1, arbitrary: deletes },
    { weight: 1, arbitrary: registrations },
  ),
  { minLength: 4, maxLength: 9, size: 'max' },
);
