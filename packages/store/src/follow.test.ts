import { expect, test } from 'vitest';
import {
  commit,
  defineTable,
  type FollowedRow,
  memoryJournal,
  type Operation,
  openStore,
  put,
  remove,
} from './index.ts';

interface Row {
  readonly id: string;
  readonly n: number;
}

const table = (name: string) =>
  defineTable<Row>({ name, kind: 'declared', key: ({ id }) => id, indexes: {} });
const followed = table('rows');
// Its name begins with the name of the other.
const beside = table('rows2');
const by = { principal: { name: 'test' } };

async function followedStore(onRows?: (rows: readonly FollowedRow<Row>[]) => void) {
  const logged: string[] = [];
  const store = await openStore({
    tables: [followed, beside],
    journal: memoryJournal(),
    now: () => 0,
    log: (message) => logged.push(message),
  });
  const write = (...operations: Operation[]) =>
    store.commit(() => commit(operations, undefined), undefined, by);
  await write(put(followed, { id: 'a', n: 1 }), put(followed, { id: 'b', n: 1 }));
  const told: string[][] = [];
  const follow = store.follow(followed, (rows) => {
    told.push(rows.map(([key, row]) => `${key}=${row?.n}`));
    onRows?.(rows);
  });
  const turn = () => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
  return { store, write, told, logged, follow, turn };
}

test('who follows a table is told all of it, then what came, changed or went', async () => {
  const { write, told, turn } = await followedStore();
  expect(told).toEqual([]);
  await turn();
  await write(put(followed, { id: 'c', n: 1 }), put(followed, { id: 'a', n: 2 }));
  await turn();
  await write(remove(followed, 'b'));
  await turn();
  expect(told.map((keys) => keys.sort())).toEqual([
    ['a=1', 'b=1'],
    ['a=2', 'c=1'],
    ['b=undefined'],
  ]);
});

test('who has read the present rows is told of changes alone', async () => {
  const { store, write, turn } = await followedStore();
  const told: string[] = [];
  store.follow(followed, (rows) => told.push(...rows.map(([key, row]) => `${key}=${row?.n}`)), {
    skipPresent: true,
  });
  await turn();
  await write(put(followed, { id: 'b', n: 2 }));
  await turn();
  expect(told).toEqual(['b=2']);
});

test('a row that changed often in a turn is told once, as it is', async () => {
  const { write, told, turn } = await followedStore();
  await turn();
  await Promise.all([2, 3, 4].map((n) => write(put(followed, { id: 'a', n }))));
  await turn();
  expect(told.slice(1)).toEqual([['a=4']]);
});

test('what is no change, and what is another table, is not told', async () => {
  const { write, told, turn } = await followedStore();
  await turn();
  await write(put(followed, { id: 'a', n: 1 }), put(beside, { id: 'a', n: 9 }));
  await turn();
  expect(told).toHaveLength(1);
});

test('what failed to be taken is told again with the next change', async () => {
  let broken = true;
  const { write, told, logged, turn } = await followedStore(() => {
    if (broken) throw new Error('not now');
  });
  await turn();
  broken = false;
  await write(put(followed, { id: 'c', n: 1 }));
  await turn();
  expect(logged).toHaveLength(1);
  expect(told.at(-1)).toEqual(['a=1', 'b=1', 'c=1']);
});

test('nothing is told after the end, and a closed store follows nothing', async () => {
  const { store, write, told, follow, turn } = await followedStore();
  await write(put(followed, { id: 'c', n: 1 }));
  follow[Symbol.dispose]();
  await turn();
  expect(told).toEqual([]);
  expect(store.counters.watchers).toBe(0);
  store.follow(followed, () => {});
  expect(store.counters.watchers).toBe(1);
  await store[Symbol.asyncDispose]();
  expect(store.counters.watchers).toBe(0);
});
