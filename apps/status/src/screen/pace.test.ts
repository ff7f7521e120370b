import { expect, test } from 'vitest';
import { paced } from './pace.ts';

/** A clock that a test moves. */
function handClock(): {
  at: number;
  now: () => number;
  later: (run: () => void, ms: number) => () => void;
  pass: (ms: number) => void;
} {
  const waiting: { run: () => void; due: number }[] = [];
  const clock = {
    at: 0,
    now: () => clock.at,
    later(run: () => void, ms: number) {
      const entry = { run, due: clock.at + ms };
      waiting.push(entry);
      return () => void waiting.splice(waiting.indexOf(entry), 1);
    },
    pass(ms: number) {
      clock.at += ms;
      for (const entry of waiting.filter(({ due }) => due <= clock.at)) {
        waiting.splice(waiting.indexOf(entry), 1);
        entry.run();
      }
    },
  };
  return clock;
}

test('the first request is served at once, and a second of requests by ten more at most', () => {
  const clock = handClock();
  const times: number[] = [];
  const { request } = paced(() => times.push(clock.at), 100, clock);
  request();
  expect(times).toEqual([0]);
  for (let ms = 0; ms < 1000; ms += 5) {
    clock.pass(5);
    request();
  }
  expect(times.length).toBeLessThanOrEqual(11);
  for (const [at, time] of times.entries()) {
    if (at > 0) expect(time - (times[at - 1] ?? 0)).toBeGreaterThanOrEqual(100);
  }
});

test('the last request is never lost, and without requests nothing happens', () => {
  const clock = handClock();
  let count = 0;
  const { request } = paced(() => (count += 1), 100, clock);
  request();
  request();
  clock.pass(100);
  expect(count).toBe(2);
  clock.pass(10_000);
  expect(count).toBe(2);
});
