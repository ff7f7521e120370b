import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fieldChanges } from './field-changes.ts';

test('a field that is changed, gone or new is told with its path', () => {
  const before = { Kind: 'service-defaults', Protocol: 'tcp', Meta: { team: 'a' } };
  const after = { Kind: 'service-defaults', Protocol: 'http', Expose: { Checks: true } };
  expect(fieldChanges(before, after)).toEqual([
    { path: 'Protocol', before: 'tcp', after: 'http' },
    { path: 'Meta', before: { team: 'a' } },
    { path: 'Expose', after: { Checks: true } },
  ]);
});

test('elements with names are compared by their names', () => {
  const before = {
    Sources: [
      { Name: 'api', Action: 'allow' },
      { Name: 'web', Action: 'allow' },
    ],
  };
  const after = {
    Sources: [
      { Name: 'api', Action: 'allow' },
      { Name: 'new', Action: 'deny' },
      { Name: 'web', Action: 'deny' },
    ],
  };
  expect(fieldChanges(before, after)).toEqual([
    { path: 'Sources[Name=web].Action', before: 'allow', after: 'deny' },
    { path: 'Sources[Name=new]', after: { Name: 'new', Action: 'deny' } },
  ]);
});

test('elements are known by numbers as well, and by names that need quotes', () => {
  const listener = (Port: number, Protocol: string) => ({ Port, Protocol });
  expect(fieldChanges([listener(80, 'http'), listener(81, 'tcp')], [listener(81, 'grpc')])).toEqual(
    [
      { path: '[Port=80]', before: { Port: 80, Protocol: 'http' } },
      { path: '[Port=81].Protocol', before: 'tcp', after: 'grpc' },
    ],
  );
  expect(fieldChanges([{ name: 'a ]b', n: 1 }], [{ name: 'a ]b', n: 2 }])).toEqual([
    { path: '[name="a ]b"].n', before: 1, after: 2 },
  ]);
});

test('elements that only changed places are told by their places', () => {
  const [a, b] = [
    { name: 'a', n: 1 },
    { name: 'b', n: 1 },
  ];
  expect(fieldChanges({ list: [a, b] }, { list: [b, a] })).toEqual([
    { path: 'list[0].name', before: 'a', after: 'b' },
    { path: 'list[1].name', before: 'b', after: 'a' },
  ]);
});

test.each([
  [['a', 'b', 'c'], ['x', 'a', 'b', 'c'], [{ path: '[0]', after: 'x' }]],
  [['a', 'b', 'c'], ['a', 'c'], [{ path: '[1]', before: 'b' }]],
  [['a', 'b', 'c'], ['a', 'x', 'c'], [{ path: '[1]', before: 'b', after: 'x' }]],
  [
    ['a', 'b'],
    ['b', 'c'],
    [
      { path: '[0]', before: 'a' },
      { path: '[1]', after: 'c' },
    ],
  ],
  [['a', 'a'], ['a'], [{ path: '[1]', before: 'a' }]],
])('of %j and %j only what is not in both is told', (before, after, changes) => {
  expect(fieldChanges(before, after)).toEqual(changes);
});

test('an element without a name keeps its place beside those that come and go', () => {
  const endpoint = (port: number, weight = 1) => ({ address: { port }, weight });
  const before = [endpoint(1), endpoint(2), endpoint(3)];
  expect(fieldChanges(before, [endpoint(2), endpoint(3, 5)])).toEqual([
    { path: '[0]', before: endpoint(1) },
    { path: '[1].weight', before: 1, after: 5 },
  ]);
});

test('what is of another kind is told whole, and so are values that are no objects', () => {
  expect(fieldChanges({ a: [1] }, { a: { b: 1 } })).toEqual([
    { path: 'a', before: [1], after: { b: 1 } },
  ]);
  expect(fieldChanges({ a: null }, { a: 0 })).toEqual([{ path: 'a', before: null, after: 0 }]);
  expect(fieldChanges('x', undefined)).toEqual([{ path: '', before: 'x', after: undefined }]);
});

test('keys are keys, whatever they are called, and undefined is absent', () => {
  const changes = fieldChanges({ meta: {}, x: undefined }, { meta: { toString: 'x', 'a.b': 1 } });
  expect(changes).toEqual([
    { path: 'meta.toString', after: 'x' },
    { path: 'meta["a.b"]', after: 1 },
  ]);
});

const named = fc.record({ Name: fc.constantFrom('a', 'b', 'c'), n: fc.nat(2) });
const json = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.array(named, { maxLength: 4 }),
  fc.record({ list: fc.array(fc.constantFrom<unknown>('a', 'b', { c: 1 }, { c: 2 })) }),
);

test('nothing is told of equal values, whatever the order of their keys, and something of all others', () => {
  fc.assert(
    fc.property(json, json, (before, after) => {
      expect(fieldChanges(before, turned(before))).toEqual([]);
      const isEqual = canonical(before) === canonical(after);
      expect(fieldChanges(before, after).length === 0).toBe(isEqual);
    }),
  );
});

/** The same value with its keys the other way around. */
function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).reverse();
  return Object.fromEntries(entries.map(([key, inner]) => [key, turned(inner)]));
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical)}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`)
    .sort()}}`;
}
