import { expect, test } from 'vitest';
import { age, ago } from './time.ts';

const at = { seconds: 100n, nanos: 500_000_000 };

test.each([
  [100_500, 'now', 'just now'],
  [101_400, 'now', 'just now'],
  [99_000, 'now', 'just now'],
  [101_500, '1 s', '1 s ago'],
  [100_500 + 3 * 60_000, '3 min', '3 min ago'],
])('at %i it is %s in a table, and %s in a sentence', (now, inTable, inSentence) => {
  expect([age(at, now), ago(at, now)]).toEqual([inTable, inSentence]);
});

test('of what has no time a dash is told', () => {
  expect([age(undefined, 0), ago(undefined, 0)]).toEqual(['−', '−']);
});
