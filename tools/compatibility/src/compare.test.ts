import { expect, test } from 'vitest';
import { differences } from './compare.ts';

test('what is alike has no difference', () => {
  expect(differences({ a: [1, { b: null }] }, { a: [1, { b: null }] })).toEqual([]);
});

test('a difference is told by the place where it begins', () => {
  expect(differences({ a: { 'b/c': 1, d: 2 } }, { a: { 'b/c': 3, d: 2, e: 4 } })).toEqual([
    { at: '/a/b~1c', consul: 1, ours: 3 },
    { at: '/a/e', consul: undefined, ours: 4 },
  ]);
});

test('null, nothing and an empty list are not the same', () => {
  expect(differences([null, [], 0], [undefined, null, '0'])).toHaveLength(3);
});

test('one entry that is missing does not shift the others', () => {
  const checks = [{ CheckID: 'serfHealth' }, { CheckID: 'web', Status: 'passing' }];
  expect(differences(checks, [{ CheckID: 'web', Status: 'critical' }])).toEqual([
    { at: '/serfHealth', consul: { CheckID: 'serfHealth' }, ours: undefined },
    { at: '/web/Status', consul: 'passing', ours: 'critical' },
  ]);
});

test('entries without names of their own are compared by their places', () => {
  expect(
    differences([{ Name: 'a' }, { Name: 'a', n: 1 }], [{ Name: 'a' }, { Name: 'a', n: 2 }]),
  ).toEqual([{ at: '/1/n', consul: 1, ours: 2 }]);
});

test('one line more does not shift the others', () => {
  expect(differences(['a', 'b', 'b'], ['new', 'a', 'b'])).toEqual([
    { at: '/b (2)', consul: 'b', ours: undefined },
    { at: '/new', consul: undefined, ours: 'new' },
  ]);
});
