import type { TouchKey } from './touch-key.ts';
import type { Query } from './view.ts';

/** A query of any argument and result. */
export type AnyQuery = Query<never, unknown>;

/** What a query gave. Queries are pure, so a throw is as lasting a result as a value. */
export type Outcome =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'throw'; readonly error: unknown };

/** A query's result with all it was made from. */
export interface Evaluated {
  readonly outcome: Outcome;
  /** What it read by itself. */
  readonly reads: ReadonlySet<TouchKey>;
  /** The queries it called, whose reads count as read by it too. */
  readonly queries: ReadonlySet<Evaluated>;
}

/** Evaluates a query at the state of a view, or gives what it gave before. */
export type Ask = (query: AnyQuery, arg: string) => Evaluated;

/** The value, or the query's own throw. */
export function resultOf({ outcome }: Pick<Evaluated, 'outcome'>): unknown {
  if (outcome.kind === 'throw') throw outcome.error;
  return outcome.value;
}

/** The outcome to keep: the former one when the new one is no different, so that identity lasts. */
export function settled(query: AnyQuery, before: Outcome | undefined, after: Outcome): Outcome {
  if (before?.kind !== 'value' || after.kind !== 'value') return after;
  if (Object.is(before.value, after.value)) return before;
  return query.equal?.(before.value, after.value) ? before : after;
}
