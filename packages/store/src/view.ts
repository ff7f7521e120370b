import type { Query } from './query.ts';
import type { Table } from './table.ts';

/**
 * Counts commits: 1 is the empty state, each commit that changes anything adds one. It is not 0, since
 * an index of at least 1 would then not tell the empty state from the first commit.
 */
export type Revision = number;

/** The commits that created a row and last changed it. */
export interface RowRevisions {
  readonly created: Revision;
  readonly modified: Revision;
}

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
