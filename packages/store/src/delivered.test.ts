import { expect, test } from 'vitest';
import { put } from './change.ts';
import { commit } from './command.ts';
import { memoryJournal } from './memory-journal.ts';
import { openStore } from './open-store.ts';
import { defineTable } from './table.ts';
import { defineQuery } from './view.ts';

interface Row {
  readonly id: string;
  readonly n: number;
}

const rows = defineTable<Row>({ name: 'rows', kind: 'declared', key: ({ id }) => id });
const row = defineQuery<string, Row | undefined>({
  name: 'row',
  evaluate: (view, id) => view.get(rows, id),
});

async function scene() {
  const store = await openStore({ tables: [rows], journal: memoryJournal(), now: () => 0 });
  const told: string[] = [];
  for (const id of ['a', 'b']) {
    store.watch(row, id, ({ value, index, since }) =>
      told.push(`${id}${value?.n ?? '-'} ${since}..${index}`),
    );
  }
  const write = (id: string, n: number) =>
    store.commit(() => commit([put(rows, { id, n })], undefined), undefined, {
      principal: { name: 'test' },
    });
  const delivered = async () => {
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
    return told.splice(0);
  };
  await delivered();
  return { store, write, delivered };
}

test('a watch is told which revisions may have brought its result', async () => {
  const { store, write, delivered } = await scene();
  await write('a', 1);
  const { revision } = store.view;
  expect(await delivered()).toEqual([`a1 ${revision}..${revision}`]);
  await write('a', 2);
  await delivered();
  await write('b', 1);
  expect(await delivered()).toEqual([`b1 ${revision + 2}..${revision + 2}`]);
});

test('of commits that are delivered together it is told those that concern it, and none before them', async () => {
  const { store, write, delivered } = await scene();
  const first = store.view.revision + 1;
  await Promise.all([write('a', 1), write('b', 1), write('a', 2)]);
  expect(await delivered()).toEqual([`a2 ${first}..${first + 2}`, `b1 ${first + 1}..${first + 1}`]);
});
