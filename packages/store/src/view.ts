import type { Revision, RowRevisions } from './revision.ts';
import type { Table } from './table.ts';

/**
 * The state at one revision. Immutable: what a view answers never changes. Every read is recorded
 * when a query is being evaluated, which is how a query knows when its result is stale.
 */
export interface View {
  /** Not for queries, where it throws: a result that depended on it would be stale after every commit. */
  readonly revision: Revision;
  /** The row under a primary key. Rows are shared: the same object until a commit changes it. */
  get<Row>(table: Table<Row>, key: string): Row | undefined;
  /** The rows under a key of a secondary index, ordered by primary key. */
  by<Row>(table: Table<Row>, index: string, key: string): readonly Row[];
  /** Every row of a table, ordered by primary key. */
  all<Row>(table: Table<Row>): readonly Row[];
  /** When a row was created and last changed. */
  revisions<Row>(table: Table<Row>, key: string): RowRevisions | undefined;
  /** The result of a query, memoised: the same object while nothing it read has changed. */
  query<Arg extends string, T>(query: Query<Arg, T>, arg: Arg): T;
}

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
