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

test('a leaf is issued once, however many ask for it at once', async () => {
  const { leafs } = leafsWith();
  const [one, two] = await Promise.all([leafs.ensure(db), leafs.ensure(db)]);
  expect(one).toBe(two);
  expect(leafs.current(db)).toBe(one);
});

test('a leaf is renewed when its time comes, and then again', async () => {
  const { leafs } = leafsWith();
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
  const { leafs } = leafsWith();
  await leafs.ensure(db);
  await vi.advanceTimersByTimeAsync(hourMs);
  vi.setSystemTime(80 * hourMs);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(leafs.current(db)?.serialNumber).toBe('2');
});

test('a renewal that fails is reported and tried again until it succeeds', async () => {
  let broken = false;
  let serial = 0;
  const { leafs, failures } = leafsWith({
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
  const { leafs } = leafsWith({
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
  const { leafs } = leafsWith({ isCurrent: ({ rootId }) => rootId === current });
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
