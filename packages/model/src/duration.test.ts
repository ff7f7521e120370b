import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatDuration, parseDuration } from './duration.ts';

test.for<[string, number | undefined]>([
  ['10s', 10_000],
  ['1m30s', 90_000],
  ['1.5h', 5_400_000],
  ['500ms', 500],
  ['250us', 0.25],
  ['250µs', 0.25],
  ['1ns', 1e-6],
  ['-2s', -2000],
  ['+2s', 2000],
  ['.5s', 500],
  ['0', 0],
  ['', undefined],
  ['10', undefined],
  ['s', undefined],
  ['1 s', undefined],
  ['1d', undefined],
  ['1..5s', undefined],
  ['9999999h', undefined],
])('%j is %d ms', ([text, ms]) => {
  expect(parseDuration(text)).toBe(ms);
});

test.for<[number, string]>([
  [0, '0s'],
  [90_000, '1m30s'],
  [259_200_000, '72h0m0s'],
  [1500, '1.5s'],
  [500, '500ms'],
  [0.25, '250µs'],
  [-1000, '-1s'],
])('%d ms is written %j, as Go does', ([ms, text]) => {
  expect(formatDuration(ms)).toBe(text);
});

test('what is written is read back', () => {
  fc.assert(
    fc.property(fc.integer({ min: -(2 ** 40), max: 2 ** 40 }), (ms) => {
      expect(parseDuration(formatDuration(ms))).toBeCloseTo(ms, 5);
    }),
  );
});

test('a text of a million digits is soon found to be no duration', () => {
  expect(parseDuration('1'.repeat(1_000_000))).toBeUndefined();
});
