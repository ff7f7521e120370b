import type { Revision } from './revision.ts';
import type { Table } from './table.ts';

/** A wish to change one row: what a command returns. */
export type Operation =
  | { readonly op: 'put'; readonly table: Table<never>; readonly row: unknown }
  | { readonly op: 'delete'; readonly table: Table<never>; readonly key: string };

/** What happened to one row: no `before` is an insert, no `after` a delete. */
export interface Change {
  readonly table: string;
  readonly key: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

/** All that one commit changed, and who did it when and why. `at` is in milliseconds since 1970. */
export interface ChangeSet {
  readonly revision: Revision;
  readonly at: number;
  readonly by: string;
  /** What it came by, such as `PUT /v1/config`. */
  readonly why?: string;
  /** Why, in the words of who made it. */
  readonly reason?: string;
  readonly changes: readonly Change[];
}

/** Inserts or replaces a row. */
export function put<Row>(table: Table<Row>, row: Row): Operation {
  return { op: 'put', table: table as unknown as Table<never>, row };
}

/** Deletes a row; deleting what is not there is no change. */
export function remove<Row>(table: Table<Row>, key: string): Operation {
  return { op: 'delete', table: table as unknown as Table<never>, key };
}
