import { expect, test } from 'vitest';
import { backoffMs } from './backoff.ts';

test('attempts that fail come further apart, up to a bound', () => {
  const longest = [0, 1, 2, 3, 4, 5, 50].map((failures) => backoffMs(failures, 1));
  expect(longest).toEqual([250, 500, 1000, 2000, 4000, 5000, 5000]);
});

test('attempts are spread over the whole span, but never follow at once', () => {
  expect([0, 0.5, 1].map((random) => backoffMs(3, random))).toEqual([50, 1025, 2000]);
});
