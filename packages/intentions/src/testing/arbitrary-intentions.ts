import fc from 'fast-check';
import type { Intention, IntentionAction, IntentionEffect } from '../intention.ts';

/** Names with the marks of patterns among them, few enough that intentions meet. */
const names = ['web', 'api', 'a.b', 'axb', 'a+', '(a|b)', 'web => db', '"web"'];

/** A source as a proxy may show it: one that intentions name, or a stranger. */
export const sourceNames: fc.Arbitrary<string> = fc.constantFrom(...names, 'stranger', 'webb');

/** What happens to a connection. */
export const actions: fc.Arbitrary<IntentionAction> = fc.constantFrom('allow', 'deny');

/** What a rule does: mostly with connections, sometimes by permissions about requests. */
const effects: fc.Arbitrary<IntentionEffect> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ action: actions }) },
  {
    weight: 1,
    arbitrary: fc.record({
      permissions: fc.constantFrom(
        [{ action: 'allow' as const }],
        [{ action: 'deny' as const }, { action: 'allow' as const }],
      ),
    }),
  },
);

/** Intentions about `db`, `cache` and `*`, some of them twice, in any order. */
export const intentionSets: fc.Arbitrary<Intention[]> = fc.array(
  fc
    .tuple(
      fc.record({
        source: fc.oneof(
          { weight: 3, arbitrary: fc.constantFrom(...names) },
          { weight: 1, arbitrary: fc.constant('*') },
        ),
        destination: fc.constantFrom('db', 'db', '*', 'cache'),
      }),
      effects,
    )
    .map(([pair, effect]) => ({ ...pair, ...effect })),
  { maxLength: 10 },
);
