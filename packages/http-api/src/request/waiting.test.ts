import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Waiting } from './waiting.ts';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const staying = new AbortController().signal;

test.for([
  [0, 16_000],
  [0.5, 16_500],
  [0.999, 16_999],
] as const)(
  'a wait of 16 s ends a sixteenth later at most: at %f of that after %i ms',
  ([chance, endMs]) => {
    vi.spyOn(Math, 'random').mockReturnValue(chance);
    using waiting = new Waiting(16_000, staying);
    vi.advanceTimersByTime(endMs - 1);
    expect(waiting.signal.aborted).toBe(false);
    vi.advanceTimersByTime(1);
    expect(waiting.signal.aborted).toBe(true);
  },
);

test('a wait ends when its client goes, and is none for a client that is gone', () => {
  const gone = new AbortController();
  using waiting = new Waiting(16_000, gone.signal);
  expect(waiting.signal.aborted).toBe(false);
  gone.abort();
  expect(waiting.signal.aborted).toBe(true);
  using late = new Waiting(16_000, gone.signal);
  expect(late.signal.aborted).toBe(true);
});

test('a wait that is over keeps no timer', () => {
  new Waiting(16_000, staying)[Symbol.dispose]();
  expect(vi.getTimerCount()).toBe(0);
});
