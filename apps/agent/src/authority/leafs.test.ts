import { type Leaf, secret } from '@chancery/ca';
import { serviceRef } from '@chancery/identity';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { LeafShelf } from './leaf-shelf.ts';
import { noShelf } from './leaf-shelf.ts';
import { type LeafEffects, Leafs } from './leafs.ts';

const hourMs = 3_600_000;
const db = serviceRef('db');

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
});
afterEach(() => {
  vi.useRealTimers();
});

function leafAt(now: number, serial: number): Leaf {
  return {
    serialNumber: `${serial}`,
    spiffeId: 'spiffe://test.consul/ns/default/dc/dc1/svc/db',
    validity: { notBefore: now, notAfter: now + 72 * hourMs },
    certificatePem: '',
    rootId: 'root',
    privateKey: secret('key'),
  };
}

function leafsWith(changes: Partial<LeafEffects> = {}) {
  let serial = 0;
  const failures: unknown[] = [];
  const leafs = new Leafs({
    issue: async () => {
      serial += 1;
      return leafAt(Date.now(), serial);
    },
    renewalTime: ({ validity }) => validity.notBefore + 54 * hourMs,
    isCurrent: () => true,
    shelf: noShelf,
    now: Date.now,
    random: () => 0.5,
    onFailure: (_service, cause) => failures.push(cause),
    ...changes,
  });
  return { leafs, failures };
}

/** Leafs of which each has a user. */
function usedLeafs(changes: Partial<LeafEffects> = {}) {
  const made = leafsWith(changes);
  made.leafs.onUse(() => true);
  return made;
}

test('a leaf is issued once, however many ask for it at once', async () => {
  const { leafs } = leafsWith();
  const [one, two] = await Promise.all([leafs.ensure(db), leafs.ensure(db)]);
  expect(one).toBe(two);
  expect(leafs.current(db)).toBe(one);
});

test('a leaf that is used is renewed when its time comes, and then again', async () => {
  const { leafs } = usedLeafs();
  const changed: string[] = [];
  leafs.onChange(({ name }) => changed.push(name));
  await leafs.ensure(db);
  changed.length = 0;
  await vi.advanceTimersByTimeAsync(53 * hourMs);
  expect(changed).toEqual([]);
  await vi.advanceTimersByTimeAsync(2 * hourMs);
  expect(changed).toEqual(['db']);
  await vi.advanceTimersByTimeAsync(54 * hourMs);
  expect(changed).toEqual(['db', 'db']);
  expect(leafs.current(db)?.serialNumber).toBe('3');
});

test('a machine that slept for days renews as soon as it is awake', async () => {
  const { leafs } = usedLeafs();
  await leafs.ensure(db);
  await vi.advanceTimersByTimeAsync(hourMs);
  vi.setSystemTime(80 * hourMs);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(leafs.current(db)?.serialNumber).toBe('2');
});

test('a renewal that fails is reported and tried again until it succeeds', async () => {
  let broken = false;
  let serial = 0;
  const { leafs, failures } = usedLeafs({
    issue: async () => {
      if (broken) throw new Error('the disk is full');
      serial += 1;
      return leafAt(Date.now(), serial);
    },
  });
  await leafs.ensure(db);
  broken = true;
  await vi.advanceTimersByTimeAsync(54 * hourMs + 20_000);
  expect(failures.length).toBeGreaterThan(2);
  expect(leafs.current(db)?.serialNumber).toBe('1');
  broken = false;
  await vi.advanceTimersByTimeAsync(10_000);
  expect(leafs.current(db)?.serialNumber).toBe('2');
});

test('a renewal that never ends does not keep the next from being tried', async () => {
  let hangs = false;
  let serial = 0;
  const { leafs } = usedLeafs({
    issue: async () => {
      if (hangs) await new Promise(() => undefined);
      serial += 1;
      return leafAt(Date.now(), serial);
    },
  });
  await leafs.ensure(db);
  hangs = true;
  await vi.advanceTimersByTimeAsync(54 * hourMs + 1000);
  hangs = false;
  await vi.advanceTimersByTimeAsync(10_000);
  expect(leafs.current(db)?.serialNumber).toBe('2');
});

test('a first leaf that cannot be issued rejects, and the next to ask tries again', async () => {
  let broken = true;
  const { leafs } = leafsWith({
    issue: async () => {
      if (broken) throw new Error('no');
      return leafAt(0, 7);
    },
  });
  await expect(leafs.ensure(db)).rejects.toThrow('no');
  broken = false;
  expect((await leafs.ensure(db)).serialNumber).toBe('7');
});

test('a leaf on the shelf is served again, unless it is not current', async () => {
  const kept = leafAt(0, 42);
  const shelf: LeafShelf = { ...noShelf, load: async () => kept };
  const { leafs } = leafsWith({ shelf });
  expect(await leafs.ensure(db)).toBe(kept);
  const { leafs: others } = leafsWith({ shelf, isCurrent: () => false });
  expect((await others.ensure(db)).serialNumber).toBe('1');
});

test('nothing is renewed after disposal', async () => {
  const { leafs } = leafsWith();
  await leafs.ensure(db);
  leafs[Symbol.dispose]();
  expect(vi.getTimerCount()).toBe(0);
});

test('leafs of a root that signs no more are replaced within half a minute, and others left alone', async () => {
  let current = 'root';
  const { leafs } = usedLeafs({ isCurrent: ({ rootId }) => rootId === current });
  const before = await leafs.ensure(db);
  leafs.reissue();
  await vi.advanceTimersByTimeAsync(30_000);
  expect(leafs.current(db)).toBe(before);
  current = 'another root';
  leafs.reissue();
  await vi.advanceTimersByTimeAsync(14_999);
  expect(leafs.current(db)).toBe(before);
  await vi.advanceTimersByTimeAsync(1);
  expect(leafs.current(db)?.serialNumber).toBe('2');
});

test('the end of the last leaf is known', async () => {
  const { leafs } = leafsWith();
  expect(leafs.lastEnds()).toBeUndefined();
  await leafs.ensure(db);
  await vi.advanceTimersByTimeAsync(hourMs);
  await leafs.ensure(serviceRef('web'));
  expect(leafs.lastEnds()).toBe(73 * hourMs);
});

/** A shelf that keeps in memory; `names` are those that have a leaf on it. */
function memoryShelf() {
  const kept = new Map<string, Leaf>();
  const shelf: LeafShelf = {
    ...noShelf,
    load: async ({ name }) => kept.get(name),
    save: async ({ name }, leaf) => void kept.set(name, leaf),
    remove: async ({ name }) => void kept.delete(name),
  };
  return { shelf, names: () => [...kept.keys()] };
}

test('a leaf nobody has asked for since it was issued is not renewed but forgotten, also by the shelf', async () => {
  const { shelf, names } = memoryShelf();
  const { leafs } = leafsWith({ shelf });
  await Promise.all([leafs.ensure(db), leafs.ensure(serviceRef('web'))]);
  await vi.advanceTimersByTimeAsync(hourMs);
  await leafs.ensure(db);
  await vi.advanceTimersByTimeAsync(54 * hourMs);
  expect(names()).toEqual(['db']);
  expect(leafs.current(serviceRef('web'))).toBeUndefined();
  expect(leafs.counters).toMatchObject({ served: 1, issued: 3 });
  await vi.advanceTimersByTimeAsync(54 * hourMs);
  expect(names()).toEqual([]);
  expect(leafs.counters).toMatchObject({ served: 0, issued: 3 });
  expect((await leafs.ensure(db)).serialNumber).toBe('4');
});

test('a leaf that is asked for while it is being forgotten stays', async () => {
  const removed = Promise.withResolvers<void>();
  const { leafs } = leafsWith({ shelf: { ...noShelf, remove: () => removed.promise } });
  const leaf = await leafs.ensure(db);
  await vi.advanceTimersByTimeAsync(54 * hourMs);
  expect(await leafs.ensure(db)).toBe(leaf);
  removed.resolve();
  await vi.advanceTimersByTimeAsync(6000);
  expect(leafs.current(db)?.serialNumber).toBe('2');
});

test('a leaf that cannot be taken off the shelf is reported, and tried again', async () => {
  let broken = true;
  const remove = async () => {
    if (broken) throw new Error('the disk is read-only');
  };
  const { leafs, failures } = leafsWith({ shelf: { ...noShelf, remove } });
  await leafs.ensure(db);
  await vi.advanceTimersByTimeAsync(54 * hourMs + 1000);
  expect(failures).toHaveLength(1);
  broken = false;
  await vi.advanceTimersByTimeAsync(6000);
  expect(leafs.current(db)).toBeUndefined();
});

test('a leaf that was forgotten still has its end: somebody may have it', async () => {
  const { leafs } = leafsWith();
  await leafs.ensure(db);
  await vi.advanceTimersByTimeAsync(55 * hourMs);
  expect(leafs.current(db)).toBeUndefined();
  expect(leafs.lastEnds()).toBe(72 * hourMs);
});

test('who watches is told of the first leaf of a service, of one that was kept and of each that follows, without keys', async () => {
  const kept = leafAt(0, 7);
  const shelf: LeafShelf = { ...noShelf, load: async () => kept };
  const { leafs } = leafsWith({ shelf });
  const told: (string | undefined)[] = [];
  using watch = leafs.onServed((service) => told.push(leafs.shown(service)?.serialNumber));
  await leafs.ensure(db);
  expect(leafs.list()).toEqual([
    { service: db, serialNumber: '7', spiffeId: kept.spiffeId, validity: kept.validity },
  ]);
  await leafs.ensure(db);
  await vi.advanceTimersByTimeAsync(55 * hourMs);
  expect(told).toEqual(['7', '1']);
  expect(watch).toBeDefined();
});
