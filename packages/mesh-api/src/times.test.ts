import { expect, test } from 'vitest';
import { lasting, milliseconds } from './times.ts';

test.for<[number, string]>([
  [-5, '0 ms'],
  [0, '0 ms'],
  [119.6, '120 ms'],
  [1000, '1 s'],
  [4210, '4.2 s'],
  [9960, '10 s'],
  [30_400, '30 s'],
  [119_000, '119 s'],
  [720_000, '12 min'],
  [7_199_000, '119 min'],
  [169_200_000, '47 h'],
  [2_592_000_000, '30 d'],
])('%i ms are %s', ([ms, words]) => {
  expect(lasting(ms)).toBe(words);
});

test('times of messages are read in whole milliseconds', () => {
  expect(milliseconds({ seconds: 3n, nanos: 7_900_000 })).toBe(3007);
});
