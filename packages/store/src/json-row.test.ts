import fc from 'fast-check';
import { expect, test } from 'vitest';
import { freezeRow, sameJson } from './json-row.ts';

test('rows are the same when they are the same as JSON', () => {
  const normal = (value: unknown): string => JSON.stringify(value, sortedKeys);
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
      expect(sameJson(a, JSON.parse(JSON.stringify(a)))).toBe(true);
      expect(sameJson(a, b)).toBe(normal(a) === normal(b));
    }),
  );
});

function sortedKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

test('a property that is undefined counts as absent', () => {
  expect(sameJson({ a: 1, b: undefined }, { a: 1 })).toBe(true);
  expect(sameJson({ a: 1 }, { a: 1, b: undefined })).toBe(true);
  expect(sameJson({ a: 1 }, { a: 1, b: null })).toBe(false);
  expect(sameJson({}, JSON.parse('{"toString":1}'))).toBe(false);
  expect(sameJson({}, JSON.parse('{"__proto__":{}}'))).toBe(false);
  expect(sameJson({ n: 0 }, { n: -0 })).toBe(true);
  expect(sameJson({ a: undefined, b: 1 }, { a: 1, b: undefined })).toBe(false);
});

test.each([
  ['a row.at is not a plain object', { at: new Date(0) }],
  ['a row.by[1] is number, which JSON cannot hold', { by: [1, Number.NaN] }],
  ['a row.f is function, which JSON cannot hold', { f: () => 1 }],
  ['a row.n is bigint, which JSON cannot hold', { n: 1n }],
  ['a row.list[1] is undefined, which JSON cannot hold', { list: [1, undefined] }],
  ['a row.m is not a plain object', { m: new Map() }],
])('%s', (message, row) => {
  expect(() => freezeRow(row, 'a row')).toThrow(message);
});
