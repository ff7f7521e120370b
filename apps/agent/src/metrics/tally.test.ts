import { expect, test } from 'vitest';
import { Tally } from './tally.ts';

test('values are summed up without being kept', () => {
  const tally = new Tally();
  expect(tally.summed()).toBeUndefined();
  for (const value of [2, 4, 4, 4, 5, 5, 7, 9]) tally.add(value);
  const { stddev, ...rest } = tally.summed() ?? { stddev: 0 };
  expect(rest).toEqual({ count: 8, sum: 40, min: 2, max: 9, mean: 5 });
  expect(stddev).toBeCloseTo(2.138, 3);
});

test.for([[[5]], [[0.1, 0.1, 0.1]], [[1e15, 1e15 + 0.125, 1e15]], [[-1e6, -1e6]]])(
  'values that hardly differ have no deviation that is below zero or no number: %j',
  ([values]) => {
    const tally = new Tally();
    for (const value of values ?? []) tally.add(value);
    const { stddev = Number.NaN } = tally.summed() ?? {};
    expect(stddev).toBeGreaterThanOrEqual(0);
    expect(stddev).toBeLessThan(1e8);
  },
);

test('a value that came several times counts as often', () => {
  const [once, often] = [new Tally(), new Tally()];
  for (let time = 0; time < 5; time++) once.add(1);
  often.add(1, 5);
  often.add(1, 0);
  expect(often.summed()).toEqual(once.summed());
});
