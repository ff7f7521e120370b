import { describe, expect, test } from 'vitest';
import { median, perSecond, quantile } from './statistics.ts';

describe('quantile', () => {
  test('takes the nearest rank, whatever the order', () => {
    const values = Array.from({ length: 100 }, (_, at) => 100 - at);
    expect(quantile(values, 0.95)).toBe(95);
    expect(quantile(values, 0)).toBe(1);
    expect(quantile(values, 1)).toBe(100);
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4])).toBe(4);
  });

  test('leaves its input as it is, and refuses nothing', () => {
    const values = [2, 1];
    quantile(values, 0.5);
    expect(values).toEqual([2, 1]);
    expect(() => quantile([], 0.5)).toThrow(RangeError);
  });
});

test('a rate counts intervals, not moments', () => {
  expect(perSecond([0, 10, 20, 30])).toBe(100);
  expect(() => perSecond([5])).toThrow(RangeError);
});
