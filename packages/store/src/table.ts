/**
 * What becomes of a table's rows: `declared` rows are kept in the history, `observed` rows only as
 * their latest value, `secret` rows likewise and never in a history, diff, log or printed snapshot.
 */
export type RowKind = 'declared' | 'observed' | 'secret';

/** A set of rows of one shape, with the keys under which they are found. Rows are plain JSON values. */
export interface Table<Row> {
  readonly name: string;
  readonly kind: RowKind;
  readonly key: (row: Row) => string;
  /** Secondary indexes: the keys under which a row is found in each. */
  readonly indexes: Readonly<Record<string, (row: Row) => readonly string[]>>;
}

/** Declares a table. Two tables of one store must not share a name. */
export function defineTable<Row>(
  definition: Omit<Table<Row>, 'indexes'> & Partial<Pick<Table<Row>, 'indexes'>>,
): Table<Row> {
  return { indexes: {}, ...definition };
}
