import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { Paced, paceMs } from './paced.ts';

test('many requests are one run, and those that come meanwhile one more, not before the pace', async () => {
  const runs: number[] = [];
  using paced = new Paced(
    () => {
      runs.push(performance.now());
    },
    () => {},
  );
  for (let at = 0; at < 5; at += 1) paced.request();
  await vi.waitFor(() => expect(runs).toHaveLength(1));
  for (let at = 0; at < 5; at += 1) paced.request();
  await vi.waitFor(() => expect(runs).toHaveLength(2));
  // Timers may be a millisecond early.
  expect((runs[1] ?? 0) - (runs[0] ?? 0)).toBeGreaterThanOrEqual(paceMs - 2);
});

test('what takes long is given a part of the time, and never runs twice at once', async () => {
  const running = { now: 0, most: 0 };
  const began: number[] = [];
  using paced = new Paced(
    async () => {
      began.push(performance.now());
      running.now += 1;
      running.most = Math.max(running.most, running.now);
      await sleep(60);
      running.now -= 1;
    },
    () => {},
  );
  paced.request();
  await vi.waitFor(() => expect(running.now).toBe(1));
  paced.request();
  await vi.waitFor(() => expect(began).toHaveLength(2));
  expect(running.most).toBe(1);
  expect((began[1] ?? 0) - (began[0] ?? 0)).toBeGreaterThanOrEqual(230);
});

test('a failure is told and ends nothing; after the end nothing runs', async () => {
  const told: unknown[] = [];
  const paced = new Paced(
    () => {
      throw new Error('no');
    },
    (cause) => told.push(cause),
  );
  paced.request();
  await vi.waitFor(() => expect(told).toHaveLength(1));
  paced.request();
  await vi.waitFor(() => expect(told).toHaveLength(2));
  paced.request();
  paced[Symbol.dispose]();
  await sleep(paceMs + 50);
  expect(told).toHaveLength(2);
});
