import { createRoot, type Root } from '@chancery/ca';
import { memoryJournal, openStore } from '@chancery/store';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { establishAuthority } from './authority-state.ts';
import { authorityTables } from './authority-tables.ts';
import { announceRoot, otherRoots } from './other-roots.ts';
import { Rotation, type RotationParts } from './rotation.ts';
import { signingRoot, trustedRoots } from './trusted-roots.ts';

const trustDomain = 'aa6ea51d-54cd-4c9c-8ae2-000000000000.consul';
const author = { principal: { name: 'test' }, why: 'a test' };
const lastLeafEnds = Date.UTC(2026, 11, 1);

beforeEach(() => {
  vi.useFakeTimers({ now: Date.UTC(2026, 10, 24), toFake: ['setTimeout', 'Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** An authority with one root, and another root to change to. */
async function authority(changes: Partial<RotationParts> = {}) {
  const store = await openStore({
    tables: authorityTables,
    journal: memoryJournal(),
    now: () => 0,
  });
  const [first, next] = await Promise.all([rootNumber(1), rootNumber(2)]);
  await store.commit(establishAuthority, { ...textsOf(first), lastSerial: 1 }, author);
  const steps: string[] = [];
  const calls = { reissue: 0 };
  const rotation = new Rotation({
    store,
    doubting: () => [],
    lastLeafEnds: () => lastLeafEnds,
    reissue: () => {
      calls.reissue += 1;
    },
    now: Date.now,
    onStep: (message) => steps.push(message),
    onFailure: (cause) => {
      throw cause;
    },
    sleep: (ms, { signal }) =>
      new Promise((resolve, reject) => {
        setTimeout(resolve, ms);
        signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      }),
    ...changes,
  });
  const trusted = () =>
    store.read(trustedRoots, '').value.map(({ certificatePem }) => certificatePem);
  const signing = () => store.read(signingRoot, '').value?.id;
  return { store, rotation, first, next, steps, calls, trusted, signing };
}

function rootNumber(serial: number): Promise<Root> {
  return createRoot({ trustDomain, now: Date.UTC(2026, 10, 23), serial });
}

function textsOf({ certificatePem, privateKey }: Root) {
  return { certificatePem, privateKeyPem: privateKey.reveal() };
}

test('a root is trusted before it signs, and the one before afterwards', async () => {
  const doubters = ['web-sidecar-proxy'];
  const it = await authority({ doubting: () => doubters });
  const rotated = it.rotation.rotate(it.next, false, author);
  await vi.advanceTimersByTimeAsync(1000);
  expect(it.trusted()).toEqual([it.first.certificatePem, it.next.certificatePem]);
  expect(it.signing()).toBe(it.first.id);
  doubters.pop();
  await vi.advanceTimersByTimeAsync(100);
  expect(await rotated).toEqual({ ok: true });
  expect(it.signing()).toBe(it.next.id);
  expect(it.trusted()).toEqual([it.next.certificatePem, it.first.certificatePem]);
  expect(it.calls.reissue).toBe(1);
});

test('a proxy that never acknowledges holds a change up for ten seconds, and is named', async () => {
  const it = await authority({ doubting: () => ['slow'] });
  const rotated = it.rotation.rotate(it.next, false, author);
  await vi.advanceTimersByTimeAsync(9900);
  expect(it.signing()).toBe(it.first.id);
  await vi.advanceTimersByTimeAsync(200);
  expect(await rotated).toEqual({ ok: true });
  expect(it.steps).toContain('proxies do not trust the root that signs now');
});

test('a change by force waits for nobody', async () => {
  const it = await authority({ doubting: () => ['slow'] });
  expect(await it.rotation.rotate(it.next, true, author)).toEqual({ ok: true });
  expect(it.signing()).toBe(it.next.id);
});

test('the key of a root that signs no more is gone, and so is the root once its last leaf has ended', async () => {
  const it = await authority();
  await it.rotation.rotate(it.next, true, author);
  expect(it.store.view.all(otherRoots)).toEqual([
    {
      id: it.first.id,
      state: 'retired',
      certificatePem: it.first.certificatePem,
      until: lastLeafEnds,
    },
  ]);
  it.rotation.start();
  await vi.advanceTimersByTimeAsync(lastLeafEnds - Date.now() - 1000);
  expect(it.trusted()).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(61_000);
  expect(it.trusted()).toEqual([it.next.certificatePem]);
});

test('a change that was begun before a restart is ended after it', async () => {
  const it = await authority();
  await it.store.commit(announceRoot, { id: it.next.id, ...textsOf(it.next) }, author);
  it.rotation.start();
  await vi.advanceTimersByTimeAsync(100);
  expect(it.signing()).toBe(it.next.id);
});

test('the root that signs already is no change', async () => {
  const it = await authority();
  const { revision } = it.store.view;
  expect(await it.rotation.rotate(it.first, false, author)).toEqual({ ok: true });
  expect(it.store.view.revision).toBe(revision);
});

test('changes come one after the other', async () => {
  const it = await authority();
  const third = await rootNumber(3);
  const both = Promise.all([
    it.rotation.rotate(it.next, false, author),
    it.rotation.rotate(third, false, author),
  ]);
  await vi.advanceTimersByTimeAsync(200);
  expect(await both).toEqual([{ ok: true }, { ok: true }]);
  expect(it.signing()).toBe(third.id);
  expect(it.trusted()).toHaveLength(3);
});
