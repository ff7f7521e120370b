import {
  allIntentions,
  configEntryTables,
  type TimeToLive,
  upsertIntention,
} from '@chancery/config-entries';
import { type Journal, memoryJournal, openStore, type Store } from '@chancery/store';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { DeadlineKeeper } from './deadline-keeper.ts';

const datacenter = 'dc1';
const minute = 60_000;

beforeEach(() => {
  vi.useFakeTimers({ now: 0, toFake: ['setTimeout', 'clearTimeout', 'Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

function opened(journal: Journal = memoryJournal()): Promise<Store> {
  return openStore({ tables: configEntryTables, journal, now: Date.now });
}

function keep(store: Store) {
  const told: string[] = [];
  const keeper = new DeadlineKeeper({
    store,
    datacenter,
    now: Date.now,
    onEnd: (why, outcome) => told.push(`${outcome}: ${why}`),
    onFailure: (cause) => {
      throw cause;
    },
    onRefusal: (why, { message }) => told.push(`refused: ${why}: ${message}`),
  });
  return { keeper, told };
}

async function write(store: Store, action: string, ttl?: TimeToLive): Promise<void> {
  const input = { source: 'web', destination: 'db', action, datacenter, nowMs: Date.now() };
  const by = { principal: { name: 'alice' } };
  const outcome = await store.commit(upsertIntention, { ...input, ...(ttl && { ttl }) }, by);
  if (!outcome.ok) throw new Error(outcome.refusal.message);
}

const minutes = (count: number): TimeToLive => ({ ms: count * minute, text: `${count}m` });
const actions = (store: Store) => store.read(allIntentions, '').value.map(({ action }) => action);
/** Lets what was scheduled come, and what it led to be written. */
const turns = async (): Promise<void> => {
  for (let at = 0; at < 20; at += 1) await new Promise((resolve) => setImmediate(resolve));
};
const pass = async (ms: number): Promise<void> => {
  await turns();
  await vi.advanceTimersByTimeAsync(ms);
  await turns();
};

test('when its time is over what stood there before comes back, and the history says why', async () => {
  const store = await opened();
  using kept = keep(store).keeper;
  await write(store, 'allow');
  await write(store, 'deny', minutes(30));
  await pass(30 * minute - 1);
  expect(actions(store)).toEqual(['deny']);
  await pass(1);
  expect(actions(store)).toEqual(['allow']);
  const last = (await Array.fromAsync(store.history(0))).at(-1);
  expect(last).toMatchObject({
    by: 'agent',
    at: 30 * minute,
    reason: '30m of web => db (deny), written at revision 3 by alice, are over',
  });
  expect(kept).toBeDefined();
});

test('what ended while nobody was there ends at once', async () => {
  const journal = memoryJournal();
  const store = await opened(journal);
  await write(store, 'deny', minutes(30));
  vi.setSystemTime(31 * minute);
  using kept = keep(store).keeper;
  await turns();
  expect(actions(store)).toEqual([]);
  expect(kept).toBeDefined();
});

test('one that was written again ends when the last of its writers said, or never', async () => {
  const store = await opened();
  using kept = keep(store).keeper;
  await write(store, 'deny', minutes(1));
  await turns();
  await write(store, 'deny', minutes(5));
  await pass(2 * minute);
  expect(actions(store)).toEqual(['deny']);
  await write(store, 'deny');
  await pass(10 * minute);
  expect(actions(store)).toEqual(['deny']);
  expect(kept).toBeDefined();
});

test('a clock that jumped while the machine slept is noticed within a minute', async () => {
  const store = await opened();
  using kept = keep(store).keeper;
  await write(store, 'deny', minutes(600));
  await turns();
  vi.setSystemTime(700 * minute);
  await pass(minute);
  expect(actions(store)).toEqual([]);
  expect(kept).toBeDefined();
});

test('what the journal does not take is tried again', async () => {
  const journal = memoryJournal();
  const failing = { isOn: false };
  const append: Journal['append'] = (entries) =>
    failing.isOn ? Promise.reject(new Error('no space left')) : journal.append(entries);
  const store = await opened(Object.assign(Object.create(journal), { append }));
  const { keeper, told } = keep(store);
  using kept = keeper;
  await write(store, 'deny', minutes(1));
  failing.isOn = true;
  await pass(minute);
  expect(told).toEqual([expect.stringMatching(/^refused: 1m of .*no space left/)]);
  failing.isOn = false;
  await pass(minute);
  expect(actions(store)).toEqual([]);
  expect(told.at(-1)).toMatch(/^removed: 1m of web => db \(deny\)/);
  expect(kept).toBeDefined();
});
