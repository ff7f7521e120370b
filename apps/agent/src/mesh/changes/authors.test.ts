import {
  commit,
  defineTable,
  memoryJournal,
  openStore,
  put,
  remove,
  type Store,
} from '@chancery/store';
import { expect, test } from 'vitest';
import { createAuthors } from './authors.ts';

interface Row {
  readonly id: string;
  readonly n: number;
}

const rows = defineTable<Row>({ name: 'rows', kind: 'declared', key: ({ id }) => id });

async function opened(retention = 100) {
  const store = await openStore({
    tables: [rows],
    journal: memoryJournal({ retention }),
    now: () => 7,
  });
  return { store, authors: createAuthors(store) };
}

function write(store: Store, name: string, row: Row, said: { reason?: string; why?: string } = {}) {
  const by = { principal: { name }, ...said };
  return store.commit(() => commit([put(rows, row)], undefined), undefined, by);
}

test('the author of a row is who wrote it last', async () => {
  const { store, authors } = await opened();
  await write(store, 'ann', { id: 'a', n: 1 }, { why: 'PUT /a' });
  await write(store, 'ann', { id: 'b', n: 1 });
  await write(store, 'bob', { id: 'a', n: 2 }, { why: 'PUT /a', reason: 'ticket 7' });
  await write(store, 'eve', { id: 'a', n: 2 });
  const authorOf = await authors.read();
  expect(authorOf(rows, 'a')).toEqual({
    name: 'bob',
    revision: 4,
    at: 7,
    reason: 'ticket 7',
    via: 'PUT /a',
  });
  expect(authorOf(rows, 'b')).toEqual({ name: 'ann', revision: 3, at: 7 });
  expect(authorOf(rows, 'c')).toBeUndefined();
});

test('what was written since is known after the next read, and what is gone has no author', async () => {
  const { store, authors } = await opened();
  await write(store, 'ann', { id: 'a', n: 1 });
  const authorOf = await authors.read();
  await write(store, 'bob', { id: 'a', n: 2 });
  expect(authorOf(rows, 'a')).toBeUndefined();
  await Promise.all([authors.read(), authors.read()]);
  expect(authorOf(rows, 'a')?.name).toBe('bob');
  const by = { principal: { name: 'eve' } };
  await store.commit(() => commit([remove(rows, 'a')], undefined), undefined, by);
  expect((await authors.read())(rows, 'a')).toBeUndefined();
});

test('beyond what the history keeps nobody is named', async () => {
  const { store, authors } = await opened(2);
  for (const id of ['a', 'b', 'c', 'd']) await write(store, 'ann', { id, n: 1 });
  const authorOf = await authors.read();
  expect(['a', 'b', 'c', 'd'].map((id) => authorOf(rows, id)?.revision)).toEqual([
    undefined,
    undefined,
    4,
    5,
  ]);
});
