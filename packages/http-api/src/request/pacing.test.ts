import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Pacing } from './pacing.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** Makes an answer that takes so long. */
function made(pacing: Pacing, content: string, tookMs: number): void {
  pacing.timed(content, () => vi.advanceTimersByTime(tookMs));
}

test('what is made in no time is made whenever it is asked for', () => {
  const pacing = new Pacing();
  expect(pacing.timed('a', () => 'answer')).toBe('answer');
  expect(pacing.rested('a')).toBeUndefined();
});

test('what took long rests four times as long, and nothing else does', async () => {
  const pacing = new Pacing();
  made(pacing, 'a', 10);
  expect(pacing.rested('b')).toBeUndefined();
  let rested = false;
  const resting = pacing.rested('a')?.then(() => {
    rested = true;
  });
  await vi.advanceTimersByTimeAsync(39);
  expect(rested).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  await resting;
  expect([rested, pacing.rested('a')]).toEqual([true, undefined]);
});

test('a part that was made soon takes nothing from the rest of one that took long', async () => {
  const pacing = new Pacing();
  made(pacing, 'a', 20);
  made(pacing, 'a', 2);
  await vi.advanceTimersByTimeAsync(77);
  expect(pacing.rested('a')).toBeInstanceOf(Promise);
});

test('nobody waits for longer than half a second', async () => {
  const pacing = new Pacing();
  made(pacing, 'a', 60_000);
  await vi.advanceTimersByTimeAsync(500);
  expect(pacing.rested('a')).toBeUndefined();
});
