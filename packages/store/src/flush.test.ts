import { expect, test } from 'vitest';
import {
  commit,
  defineTable,
  type Journal,
  memoryJournal,
  openStore,
  put,
  refuse,
} from './index.ts';

const cells = defineTable<{ readonly key: string; readonly n: number }>({
  name: 'cells',
  kind: 'declared',
  key: (row) => row.key,
});
const by = { principal: { name: 'ann' } };

/** A journal whose every append waits for the test to let it pass or fail. */
function heldJournal() {
  const inner = memoryJournal();
  const appends: { size: number; pass: () => void; fail: (reason: string) => void }[] = [];
  const journal: Journal = {
    ...inner,
    async append(batch) {
      await new Promise<void>((resolve, reject) => {
        const fail = (reason: string): void => reject(new Error(reason));
        appends.push({ size: batch.length, pass: resolve, fail });
      });
      await inner.append(batch);
    },
  };
  return { journal, appends };
}

async function held() {
  const { journal, appends } = heldJournal();
  const log: string[] = [];
  let now = 0;
  const store = await openStore({
    tables: [cells],
    journal,
    now: () => now,
    log: (message) => log.push(message),
    limits: { retryAfterMs: 1000 },
  });
  const write = (key: string, n: number) =>
    store.commit(() => commit([put(cells, { key, n })], n), undefined, by);
  const wait = (ms: number): void => {
    now += ms;
  };
  return { store, appends, log, write, wait };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('commits go on while a flush is under way, and go out together with the next', async () => {
  const { store, appends, write } = await held();
  const first = [write('a', 1), write('b', 1)];
  await turn();
  const second = [write('c', 1), write('d', 1), write('a', 2)];
  await turn();
  expect(appends.map(({ size }) => size)).toEqual([2]);
  expect(store.view.revision).toBe(1);
  appends[0]?.pass();
  expect((await Promise.all(first)).every(({ ok }) => ok)).toBe(true);
  expect(store.view.all(cells)).toHaveLength(2);
  await turn();
  expect(appends.map(({ size }) => size)).toEqual([2, 3]);
  appends[1]?.pass();
  const results = await Promise.all(second);
  expect(results.map((result) => result.ok && result.revision)).toEqual([4, 5, 6]);
  expect(store.view.get(cells, 'a')).toEqual({ key: 'a', n: 2 });
});

test('nothing is seen or woken before the journal has it', async () => {
  const { store, appends, write } = await held();
  const seen: number[] = [];
  const count = { name: 'count', evaluate: (view: typeof store.view) => view.all(cells).length };
  store.watch(count, '', ({ value }) => seen.push(value));
  const written = write('a', 1);
  await turn();
  await turn();
  expect(seen).toEqual([0]);
  expect(store.read(count, '').value).toBe(0);
  appends[0]?.pass();
  await written;
  expect(store.read(count, '').value).toBe(1);
  await turn();
  expect(seen).toEqual([0, 1]);
});

test('a failed flush refuses all that was not acknowledged, with one clear sentence, and reads go on', async () => {
  const { store, appends, log, write } = await held();
  const kept = write('a', 1);
  await turn();
  appends[0]?.pass();
  await kept;
  const lost = [write('a', 2), write('b', 2)];
  await turn();
  const behind = write('c', 3);
  const unchanged = write('c', 3);
  const refused = store.commit(() => refuse('conflict', 'b is there'), undefined, by);
  appends[1]?.fail('no space left on device');
  const refusal = {
    code: 'unavailable',
    message:
      'The state cannot be saved (no space left on device); writes are refused until it can be, reads go on.',
  };
  for (const result of await Promise.all([...lost, behind, unchanged, refused])) {
    expect(result).toEqual({ ok: false, refusal });
  }
  expect(await write('d', 1)).toEqual({ ok: false, refusal });
  expect(store.view.all(cells)).toEqual([{ key: 'a', n: 1 }]);
  expect(log).toEqual([refusal.message]);
});

test('after a while one commit is tried again, and when the journal takes it writes go on', async () => {
  const { store, appends, log, write, wait } = await held();
  const lost = write('a', 1);
  await turn();
  appends[0]?.fail('no space');
  await lost;
  wait(999);
  expect((await write('a', 1)).ok).toBe(false);
  wait(1);
  const tried = write('a', 2);
  await turn();
  appends[1]?.fail('still no space');
  expect(await tried).toMatchObject({ refusal: { message: expect.stringContaining('still') } });
  wait(1000);
  const taken = write('a', 3);
  await turn();
  appends[2]?.pass();
  expect(await taken).toEqual({ ok: true, result: 3, revision: 2 });
  expect(store.view.get(cells, 'a')).toEqual({ key: 'a', n: 3 });
  expect(log).toEqual([
    expect.stringContaining('cannot be saved'),
    'the journal takes writes again',
  ]);
});

test('closing waits for what is on its way, ends waits and watches, and refuses what comes later', async () => {
  const { store, appends, write } = await held();
  const count = { name: 'count', evaluate: (view: typeof store.view) => view.all(cells).length };
  store.watch(count, '', () => {});
  const waiting = store.wait(count, '', 1, new AbortController().signal);
  expect(store.counters).toMatchObject({ watchers: 2, waits: 1 });
  const written = write('a', 1);
  await turn();
  const closed = store[Symbol.asyncDispose]();
  expect(await write('b', 1)).toMatchObject({ refusal: { code: 'unavailable' } });
  appends[0]?.pass();
  await closed;
  expect((await written).ok).toBe(true);
  expect((await waiting).value).toBe(1);
  expect(store.counters).toMatchObject({ watchers: 0, waits: 0 });
});

test('a command that throws, or wants a row that is not JSON, rejects and changes nothing', async () => {
  const { store } = await held();
  const failing = store.commit(
    () => {
      throw new Error('a bug');
    },
    undefined,
    by,
  );
  await expect(failing).rejects.toThrow('a bug');
  const wrong = { key: 'a', n: Number.NaN };
  await expect(store.commit(() => commit([put(cells, wrong)], 0), undefined, by)).rejects.toThrow(
    'a row of table "cells".n is number, which JSON cannot hold',
  );
  expect([store.view.revision, store.counters.queued]).toEqual([1, 0]);
});

test('what is read cannot be changed by who wrote or read it', async () => {
  const { store, appends } = await held();
  const row = { key: 'a', n: 1 };
  const written = store.commit(() => commit([put(cells, row)], 0), undefined, by);
  await turn();
  appends[0]?.pass();
  await written;
  expect(() => {
    row.n = 2;
  }).toThrow(TypeError);
  expect(store.view.get(cells, 'a')).toEqual({ key: 'a', n: 1 });
});

test('the history has who, when and why of declared rows, and nothing of others', async () => {
  const key = (row: { readonly key: string }): string => row.key;
  const seen = defineTable<{ readonly key: string }>({ name: 'seen', kind: 'observed', key });
  const keys = defineTable<{ readonly key: string }>({ name: 'keys', kind: 'secret', key });
  const tables = [cells, seen, keys];
  await using store = await openStore({ tables, journal: memoryJournal(), now: () => 77 });
  const secret = { key: 'hush' };
  const all = [put(keys, secret), put(seen, { key: 's' }), put(cells, { key: 'a', n: 1 })];
  await store.commit(() => commit(all, 0), undefined, { ...by, why: 'ticket 7' });
  await store.commit(() => commit([put(seen, { key: 't' })], 0), undefined, by);
  const history = [];
  for await (const one of store.history(0)) history.push(one);
  const after = { key: 'a', n: 1 };
  expect(history).toEqual([
    {
      revision: 2,
      at: 77,
      by: 'ann',
      why: 'ticket 7',
      changes: [{ table: 'cells', key: 'a', after }],
    },
  ]);
  expect(store.view.get(keys, 'hush')).toBe(secret);
});
