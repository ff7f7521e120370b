import type { MeshClient } from '@chancery/mesh-api/client';
import type { WatchResponse } from '@chancery/mesh-api/v1/status';
import { afterEach, expect, test, vi } from 'vitest';
import type { Event } from '../state/event.ts';
import { followMesh } from './follow-mesh.ts';

afterEach(() => vi.useRealTimers());

const told = {} as WatchResponse;

/** A client whose watches are those that are given, one after the other. */
function meshOf(watch: (signal: AbortSignal) => AsyncIterable<WatchResponse>): MeshClient {
  const status = {
    watch: (_question: object, { signal }: { signal: AbortSignal }) => watch(signal),
  };
  return { status } as unknown as MeshClient;
}

/** Follows a mesh until so many pauses were made; gives what was told and how long each pause was to be. */
async function followed(mesh: MeshClient, pauses: number) {
  const events: Event[] = [];
  const waits: number[] = [];
  const over = new AbortController();
  await followMesh(mesh, {
    dispatch: (event) => events.push(event),
    now: () => 0,
    wait: async (ms) => {
      waits.push(ms);
      if (waits.length === pauses) over.abort();
    },
    signal: over.signal,
  });
  return { events, waits };
}

test('what cannot be reached is tried again and again, ever more slowly, up to a point', async () => {
  const mesh = meshOf(async function* () {
    yield* [];
    throw new Error('refused');
  });
  const { events, waits } = await followed(mesh, 12);
  expect(events).toHaveLength(12);
  expect(events[0]).toEqual({ kind: 'lost', at: 0, reason: 'refused', retryAt: waits[0] });
  expect(waits[0]).toBeGreaterThanOrEqual(100);
  expect(waits).toEqual(waits.toSorted((a, b) => a - b));
  expect(waits[3]).toBeGreaterThan(waits[0] ?? 0);
  expect(waits.at(-1)).toBeLessThanOrEqual(30_000);
});

test('after something was heard it is tried again as soon as the first time', async () => {
  let watches = 0;
  const mesh = meshOf(async function* () {
    watches += 1;
    if (watches === 5) yield told;
  });
  const { events, waits } = await followed(mesh, 5);
  expect(waits[4]).toBe(waits[0]);
  expect(waits[3]).toBeGreaterThan(waits[0] ?? 0);
  expect(events.slice(-3)).toEqual([
    { kind: 'opened' },
    { kind: 'message', message: told },
    { kind: 'lost', at: 0, reason: 'the agent ended the stream', retryAt: waits[4] },
  ]);
});

test('an agent of which nothing is heard for long is lost, though its stream is open', async () => {
  vi.useFakeTimers();
  const mesh = meshOf(async function* (signal) {
    yield told;
    await new Promise<void>((resolve) => setTimeout(resolve, 40_000));
    yield told;
    await new Promise((_resolve, reject) => signal.addEventListener('abort', reject));
  });
  const following = followed(mesh, 1);
  await vi.advanceTimersByTimeAsync(40_000 + 44_000);
  let isOver = false;
  void following.then(() => {
    isOver = true;
  });
  await vi.advanceTimersByTimeAsync(0);
  expect(isOver).toBe(false);
  await vi.advanceTimersByTimeAsync(2_000);
  expect((await following).events.at(-1)).toMatchObject({ reason: 'the agent has gone silent' });
});

test('so is one of which nothing is heard at all', async () => {
  vi.useFakeTimers();
  const mesh = meshOf(async function* (signal) {
    yield* [];
    await new Promise((_resolve, reject) => signal.addEventListener('abort', reject));
  });
  const following = followed(mesh, 1);
  await vi.advanceTimersByTimeAsync(46_000);
  expect((await following).events).toMatchObject([
    { kind: 'lost', reason: 'the agent has gone silent' },
  ]);
});
