import type { RowRevisions } from '../revision.ts';
import type { Table } from '../table.ts';
import type { Query, View } from '../view.ts';

/** A row of a model: what a store should hold. */
export interface ModelRow extends RowRevisions {
  readonly row: unknown;
}

export type Model = ReadonlyMap<string, ReadonlyMap<string, ModelRow>>;

/** The plainest view there can be, to hold the real one to: it filters and sorts, and remembers nothing. */
export function naiveView(model: Model): View {
  const sorted = (table: string): [string, ModelRow][] =>
    [...(model.get(table) ?? [])].sort(([a], [b]) => (a < b ? -1 : 1));
  const rows = <Row>(table: Table<Row>): Row[] =>
    sorted(table.name).map(([, { row }]) => row as Row);
  const view: View = {
    revision: 0,
    get: <Row>(table: Table<Row>, key: string) =>
      model.get(table.name)?.get(key)?.row as Row | undefined,
    by: (table, index, key) =>
      rows(table).filter((row) => table.indexes[index]?.(row).includes(key)),
    all: rows,
    revisions: (table, key) => {
      const found = model.get(table.name)?.get(key);
      return found && { created: found.created, modified: found.modified };
    },
    query: <Arg extends string, T>(query: Query<Arg, T>, arg: Arg) => query.evaluate(view, arg),
  };
  return view;
}
