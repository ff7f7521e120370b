import { defineQuery, defineTable, type Query, type Table } from '../index.ts';

export interface Item {
  readonly key: string;
  readonly groups: readonly string[];
  readonly n: number;
}

const tableOf = (name: string, kind: Table<Item>['kind']): Table<Item> =>
  defineTable<Item>({ name, kind, key: (row) => row.key, indexes: { group: (row) => row.groups } });
export const declared: Table<Item> = tableOf('d', 'declared');
export const observed: Table<Item> = tableOf('o', 'observed');
export const secret: Table<Item> = tableOf('s', 'secret');
export const tables: readonly Table<Item>[] = [declared, observed, secret];

export type ItemQuery = Query<string, unknown>;

const rowOf = defineQuery({
  name: 'rowOf',
  evaluate: (view, key: string) => view.get(declared, key),
});
const inGroup = defineQuery({
  name: 'inGroup',
  evaluate: (view, group: string) => view.by(declared, 'group', group),
});
const sumOf = defineQuery({
  name: 'sumOf',
  evaluate: (view, group: string) =>
    view.query(inGroup, group).reduce((sum, { n }) => sum + n, 0) +
    view.by(observed, 'group', group).length,
});
const parityOf = defineQuery({
  name: 'parityOf',
  evaluate: (view, group: string) => ({ odd: view.query(sumOf, group) % 2 === 1 }),
  equal: (a, b) => a.odd === b.odd,
});
const through = defineQuery({
  name: 'through',
  evaluate: (view, key: string) => {
    const row = view.query(rowOf, key);
    return row?.groups.map((group) => [group, view.query(parityOf, group)]);
  },
});
const whole = defineQuery({
  name: 'whole',
  evaluate: (view) => [view.all(secret).length, view.all(observed).map(({ key }) => key)],
});
const failing = defineQuery({
  name: 'failing',
  evaluate: (view, key: string) => {
    const row = view.query(rowOf, key);
    if (row !== undefined && row.n > 2) throw new Error(`${row.n} is too much`);
    return view.revisions(declared, key);
  },
});
const guarded = defineQuery({
  name: 'guarded',
  evaluate: (view, key: string) => {
    try {
      return view.query(failing, key);
    } catch (error) {
      return String(error);
    }
  },
});

const queries = [
  rowOf,
  inGroup,
  sumOf,
  parityOf,
  through,
  whole,
  guarded,
] as unknown as ItemQuery[];

/** The keys of rows and the names of groups. */
export const args: readonly string[] = ['a', 'b', 'c'];

/** Everything that can be read. */
export const reads: readonly { readonly query: ItemQuery; readonly arg: string }[] =
  queries.flatMap((query) => args.map((arg) => ({ query, arg })));
