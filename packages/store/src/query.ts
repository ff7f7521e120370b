import type { View } from './view.ts';

/**
 * A pure function of the state, memoised by the store on its argument. It may call other queries
 * through the view; what they read counts as read by it too.
 */
export interface Query<Arg extends string, T> {
  readonly name: string;
  readonly evaluate: (view: View, arg: Arg) => T;
  /**
   * When given and true for the previous and the recomputed value, the previous object is kept, so
   * that queries above it are not recomputed.
   */
  readonly equal?: (before: T, after: T) => boolean;
}

/** Declares a query. */
export function defineQuery<Arg extends string, T>(query: Query<Arg, T>): Query<Arg, T> {
  return query;
}
