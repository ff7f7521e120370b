import { getEventListeners } from 'node:events';
import { expect, test } from 'vitest';
import {
  commit,
  defineQuery,
  defineTable,
  memoryJournal,
  type Operation,
  openStore,
  planned,
  put,
  remove,
  type Store,
  type StoreLimits,
} from './index.ts';

interface Endpoint {
  readonly id: string;
  readonly service: string;
  readonly port: number;
}

const endpoints = defineTable<Endpoint>({
  name: 'endpoints',
  kind: 'declared',
  key: (row) => row.id,
  indexes: { service: (row) => [row.service] },
});
const endpointsOf = defineQuery({
  name: 'endpointsOf',
  evaluate: (view, service: string) => view.by(endpoints, 'service', service),
});
/** What each of many proxies wants to know: a part of its own and a part all share. */
const proxy = defineQuery({
  name: 'proxy',
  evaluate: (view, id: string) => ({
    own: view.get(endpoints, id),
    db: view.query(endpointsOf, 'db'),
  }),
});

async function opened(limits: Partial<StoreLimits> = {}): Promise<Store> {
  const journal = memoryJournal();
  return openStore({ tables: [endpoints], journal, now: () => 1, log: () => {}, limits });
}

async function apply(store: Store, ...operations: readonly Operation[]): Promise<void> {
  const by = { principal: { name: 'ann' } };
  expect((await store.commit(() => commit(operations, 0), undefined, by)).ok).toBe(true);
}

const endpoint = (id: string, service: string, port = 1) => put(endpoints, { id, service, port });
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function evaluationsOf(store: Store, action: () => Promise<void> | void): Promise<number> {
  const before = store.counters.evaluations;
  await action();
  return store.counters.evaluations - before;
}

test('a change evaluates what read it, once for all that share it, and nothing else', async () => {
  await using store = await opened();
  await apply(store, endpoint('db1', 'db'));
  const ids = Array.from({ length: 1000 }, (_, index) => `web${index}`);
  const readAll = (): void => {
    for (const id of ids) store.read(proxy, id);
  };
  expect(await evaluationsOf(store, readAll)).toBe(1001);
  expect(await evaluationsOf(store, readAll)).toBe(0);
  await apply(store, endpoint('db2', 'db'));
  expect(await evaluationsOf(store, readAll)).toBe(1001);
  expect(store.read(proxy, 'web1').value.db).toBe(store.read(proxy, 'web2').value.db);
  await apply(store, endpoint('web7', 'web'));
  expect(await evaluationsOf(store, readAll)).toBe(1);
  await apply(store, endpoint('other', 'other'));
  expect(await evaluationsOf(store, readAll)).toBe(0);
});

test('a result that is equal to the one before stays the same object, and evaluates nothing above it', async () => {
  const ids = defineQuery({
    name: 'ids',
    evaluate: (view, service: string) => view.query(endpointsOf, service).map(({ id }) => id),
    equal: (a, b) => a.join() === b.join(),
  });
  const count = defineQuery({ name: 'count', evaluate: (view) => [view.query(ids, 'db').length] });
  await using store = await opened();
  await apply(store, endpoint('db1', 'db'));
  const before = store.read(count, '');
  await apply(store, endpoint('db1', 'db', 2));
  expect(await evaluationsOf(store, () => void store.read(count, ''))).toBe(2);
  const after = store.read(count, '');
  expect(after.value).toBe(before.value);
  expect([before.index, after.index]).toEqual([2, 3]);
});

test('what a result used is looked at in the order in which it was used last', async () => {
  const flag = defineQuery({ name: 'flag', evaluate: (view) => view.get(endpoints, 'flag')?.port });
  const port = defineQuery({
    name: 'port',
    evaluate: (view, id: string) => view.get(endpoints, id)?.port,
  });
  const ordered = defineQuery({
    name: 'ordered',
    evaluate: (view) => {
      const [first, second] = view.query(flag, '') === 1 ? ['a', 'b'] : ['b', 'a'];
      return view.query(port, first) === 1 && view.query(port, second);
    },
  });
  await using store = await opened();
  await apply(store, endpoint('flag', 's'), endpoint('a', 's'), endpoint('b', 's'));
  store.read(ordered, '');
  await apply(store, endpoint('flag', 's', 2));
  store.read(ordered, '');
  await apply(store, endpoint('b', 's', 2), endpoint('a', 's', 2));
  // That of `b`, and the result, which does not ask for `a` any more.
  expect(await evaluationsOf(store, () => void store.read(ordered, ''))).toBe(2);
});

test('the results kept are bounded, and those in use are not among those dropped', async () => {
  await using store = await opened({ idleResults: 10 });
  using _watch = store.watch(proxy, 'watched', () => {});
  for (let n = 0; n < 100; n += 1) store.read(proxy, `p${n}`);
  // Ten idle ones at most, the watched one, and what they share.
  expect(store.counters.results).toBeLessThanOrEqual(12);
  expect(store.counters.readKeys).toBeLessThanOrEqual(12);
  const again = (): void => void store.read(proxy, 'watched');
  expect(await evaluationsOf(store, again)).toBe(0);
});

test('the touched keys remembered are bounded', async () => {
  await using store = await opened({ touchedKeys: 10 });
  for (let n = 0; n < 50; n += 1) await apply(store, endpoint(`e${n}`, `s${n}`));
  expect(store.counters.touchedKeys).toBeLessThanOrEqual(10);
  expect(store.read(endpointsOf, 's49').index).toBe(51);
});

test('an index is of what was read: inserts, updates and deletes raise it, other changes do not', async () => {
  await using store = await opened();
  const index = () => store.read(endpointsOf, 'db').index;
  expect(index()).toBe(1);
  await apply(store, endpoint('a', 'db'));
  expect(index()).toBe(2);
  await apply(store, endpoint('b', 'web'));
  expect(index()).toBe(2);
  await apply(store, endpoint('a', 'db', 2));
  expect(index()).toBe(4);
  await apply(store, endpoint('a', 'web'));
  expect(index()).toBe(5);
  await apply(store, remove(endpoints, 'b'));
  expect(index()).toBe(5);
  await apply(store, endpoint('c', 'db'), remove(endpoints, 'a'));
  expect(index()).toBe(7);
  await apply(store, remove(endpoints, 'c'));
  expect(index()).toBe(8);
});

test('waits leave nothing behind, however they end', async () => {
  await using store = await opened();
  const abort = new AbortController();
  const { signal } = abort;
  const changed = store.wait(endpointsOf, 'db', 1, signal);
  const aborted = store.wait(endpointsOf, 'web', 1, signal);
  expect(store.counters.watchers).toBe(2);
  expect(getEventListeners(signal, 'abort')).toHaveLength(2);
  await apply(store, endpoint('a', 'db'));
  expect((await changed).index).toBe(2);
  expect(getEventListeners(signal, 'abort')).toHaveLength(1);
  abort.abort();
  expect((await aborted).value).toEqual([]);
  expect(store.counters.watchers).toBe(0);
  expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  const late = await store.wait(endpointsOf, 'web', 1, signal);
  expect([late.value, store.counters.watchers]).toEqual([[], 0]);
});

test('a wait for an index above the revision ends at once, since the state may be another one', async () => {
  await using store = await opened();
  const read = await store.wait(endpointsOf, 'db', 900, new AbortController().signal);
  expect(read).toEqual({ value: [], index: 1 });
});

test('changes within a turn give one call, with the last result', async () => {
  await using store = await opened();
  const seen: number[] = [];
  using _watch = store.watch(endpointsOf, 'db', ({ value }) => seen.push(value.length));
  await apply(store, endpoint('a', 'db'));
  await apply(store, endpoint('b', 'db'));
  await turn();
  await apply(store, endpoint('c', 'db'), remove(endpoints, 'c'));
  await turn();
  expect(seen).toEqual([2]);
});

test('a watcher or query that fails keeps nothing from the others, and is called again', async () => {
  const picky = defineQuery({
    name: 'picky',
    evaluate: (view, service: string) => {
      const found = view.by(endpoints, 'service', service);
      if (found.length === 1) throw new Error('one is too few');
      return found.length;
    },
  });
  await using store = await opened();
  const seen: unknown[] = [];
  using _first = store.watch(picky, 'db', ({ value }) => seen.push(value));
  using _second = store.watch(endpointsOf, 'db', () => {
    throw new Error('a bug');
  });
  using _third = store.watch(endpointsOf, 'db', ({ value }) => seen.push(value.length));
  await turn();
  await apply(store, endpoint('a', 'db'));
  await turn();
  expect(() => store.read(picky, 'db')).toThrow('one is too few');
  await apply(store, endpoint('b', 'db'));
  await turn();
  expect(seen).toEqual([0, 0, 1, 2, 2]);
});

test('queries that depend on each other in a circle fail, until the rows no longer make them', async () => {
  const chain: ReturnType<typeof defineQuery<string, string>> = defineQuery({
    name: 'chain',
    evaluate: (view, id: string): string => {
      const next = view.get(endpoints, id)?.service;
      return next === undefined ? id : `${id} ${view.query(chain, next)}`;
    },
  });
  await using store = await opened();
  await apply(store, endpoint('a', 'b'), endpoint('b', 'c'), endpoint('c', 'a'));
  expect(() => store.read(chain, 'a')).toThrow('query "chain" depends on its own result for "a"');
  expect(() => store.read(chain, 'c')).toThrow('depends on its own result');
  await apply(store, endpoint('a', 'd'));
  expect(store.read(chain, 'c').value).toBe('c a d');
  expect(store.read(chain, 'b').value).toBe('b c a d');
});

test('a view answers for its revision, also when the store has moved on', async () => {
  await using store = await opened();
  await apply(store, endpoint('a', 'db'));
  const { view } = store;
  await apply(store, endpoint('b', 'db'));
  expect(view.query(proxy, 'b')).toEqual({ own: undefined, db: view.all(endpoints) });
  expect(view.query(proxy, 'b')).toBe(view.query(proxy, 'b'));
  expect(store.view.query(proxy, 'b').db).toHaveLength(2);
});

test('a plan shows what would be, shares what would not change, and leaves all as it is', async () => {
  await using store = await opened();
  await apply(store, endpoint('a', 'db'), endpoint('w', 'web'));
  const { view } = store;
  const web = view.query(endpointsOf, 'web');
  const plan = planned(view, [endpoint('b', 'db'), endpoint('w', 'web')]);
  expect(plan.changes).toEqual([
    { table: 'endpoints', key: 'b', after: { id: 'b', service: 'db', port: 1 } },
  ]);
  expect(plan.view.query(endpointsOf, 'db')).toHaveLength(2);
  expect(plan.view.query(endpointsOf, 'web')).toBe(web);
  expect(plan.view.query(proxy, 'w')).toEqual({
    own: web[0],
    db: plan.view.query(endpointsOf, 'db'),
  });
  const further = planned(plan.view, [remove(endpoints, 'a')]);
  expect(further.view.query(endpointsOf, 'db').map(({ id }) => id)).toEqual(['b']);
  expect(further.view.query(endpointsOf, 'web')).toBe(web);
  expect([view.query(endpointsOf, 'db').length, store.view.revision]).toEqual([1, 2]);
});

test('a query can neither read the revision nor keep its view', async () => {
  await using store = await opened();
  let kept = store.view;
  const keeping = defineQuery({
    name: 'keeping',
    evaluate: (view) => {
      kept = view;
      return 0;
    },
  });
  const revision = defineQuery({ name: 'revision', evaluate: (view) => view.revision });
  store.read(keeping, '');
  expect(() => kept.all(endpoints)).toThrow('a query read its view after it had returned');
  expect(() => store.read(revision, '')).toThrow('a query cannot read the revision');
});
