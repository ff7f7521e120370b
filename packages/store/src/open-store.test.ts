import { expect, test } from 'vitest';
import {
  commit,
  defineQuery,
  defineTable,
  memoryJournal,
  openStore,
  put,
  refuse,
  remove,
} from './index.ts';

interface Port {
  readonly name: string;
  readonly service: string;
  readonly number: number;
}

const ports = defineTable<Port>({
  name: 'ports',
  kind: 'declared',
  key: (row) => row.name,
  indexes: { service: (row) => [row.service] },
});
const portsOf = defineQuery({
  name: 'portsOf',
  evaluate: (view, service: string) => view.by(ports, 'service', service),
});
const by = { principal: { name: 'ann' } };
const put1 = (_view: unknown, _by: unknown, row: Port) => commit([put(ports, row)], row.name);

async function opened() {
  return openStore({ tables: [ports], journal: memoryJournal(), now: () => 5 });
}

test('a commit is seen by the view and by reads once it is acknowledged', async () => {
  await using store = await opened();
  const pending = store.commit(put1, { name: 'a', service: 'web', number: 1 }, by);
  expect(store.view.revision).toBe(1);
  expect(await pending).toEqual({ ok: true, result: 'a', revision: 2 });
  expect(store.read(portsOf, 'web')).toEqual({
    value: [{ name: 'a', service: 'web', number: 1 }],
    index: 2,
  });
  expect(store.read(portsOf, 'db')).toEqual({ value: [], index: 1 });
});

test('a commit that changes nothing makes no revision', async () => {
  await using store = await opened();
  const row = { name: 'a', service: 'web', number: 1 };
  await store.commit(put1, row, by);
  expect(await store.commit(put1, { ...row }, by)).toEqual({ ok: true, result: 'a', revision: 2 });
  const gone = await store.commit(() => commit([remove(ports, 'zz')], 0), undefined, by);
  expect(gone).toEqual({ ok: true, result: 0, revision: 2 });
});

test('a commit that changes nothing tells since when it is as it would have it, whatever came after', async () => {
  await using store = await opened();
  const row = { name: 'a', service: 'web', number: 1 };
  await store.commit(put1, row, by);
  await store.commit(put1, { ...row, name: 'b' }, by);
  expect(await store.commit(put1, { ...row }, by)).toMatchObject({ revision: 2 });
  const both = () => commit([put(ports, row), put(ports, { ...row, name: 'b' })], 0);
  expect(await store.commit(both, undefined, by)).toMatchObject({ revision: 3 });
  expect(store.view.revision).toBe(3);
});

test('a refused command changes nothing and says why', async () => {
  await using store = await opened();
  expect(await store.commit(() => refuse('conflict', 'taken'), undefined, by)).toEqual({
    ok: false,
    refusal: { code: 'conflict', message: 'taken' },
  });
  expect(store.view.revision).toBe(1);
});

test('a command sees the commits before it, acknowledged or not, through rows and queries', async () => {
  await using store = await opened();
  const next = (view: typeof store.view) => {
    const number = view.query(portsOf, 'web').length;
    return commit([put(ports, { name: `p${number}`, service: 'web', number })], number);
  };
  const results = await Promise.all([1, 2, 3].map(() => store.commit(next, undefined, by)));
  expect(results.map((result) => result.ok && result.result)).toEqual([0, 1, 2]);
  expect(store.counters.results).toBe(1);
  expect(store.read(portsOf, 'web').value.map((row) => row.name)).toEqual(['p0', 'p1', 'p2']);
});

test('a watch gives the present result and then each new one', async () => {
  await using store = await opened();
  const seen: number[] = [];
  const watch = store.watch(portsOf, 'web', ({ value }) => seen.push(value.length));
  await new Promise(setImmediate);
  await store.commit(put1, { name: 'a', service: 'web', number: 1 }, by);
  await store.commit(put1, { name: 'b', service: 'db', number: 1 }, by);
  await new Promise(setImmediate);
  watch[Symbol.dispose]();
  await store.commit(put1, { name: 'c', service: 'web', number: 1 }, by);
  await new Promise(setImmediate);
  expect(seen).toEqual([0, 1]);
});

test('a wait is over when what it read is touched, and not before', async () => {
  await using store = await opened();
  await store.commit(put1, { name: 'a', service: 'web', number: 1 }, by);
  const { index } = store.read(portsOf, 'web');
  const waiting = store.wait(portsOf, 'web', index, new AbortController().signal);
  await store.commit(put1, { name: 'b', service: 'db', number: 1 }, by);
  await store.commit(() => commit([remove(ports, 'a')], 0), undefined, by);
  expect(await waiting).toEqual({ value: [], index: 4 });
});

test('the history tells what a commit came by and, where it was said, the reason', async () => {
  await using store = await opened();
  const row = { name: 'a', service: 'web', number: 1 };
  await store.commit(put1, row, { ...by, why: 'PUT /a' });
  await store.commit(put1, { ...row, number: 2 }, { ...by, why: 'PUT /a', reason: 'ticket 7' });
  expect(await Array.fromAsync(store.history(0))).toEqual([
    expect.not.objectContaining({ reason: expect.anything() }),
    expect.objectContaining({ by: 'ann', why: 'PUT /a', reason: 'ticket 7' }),
  ]);
});
