import fc from 'fast-check';
import { expect, test } from 'vitest';
import { editDistance, suggest } from './suggest.ts';

const keys = ['local_bind_port', 'local_bind_address', 'destination_name', 'port'];

test.for<[string, string | undefined]>([
  ['local_bnd_port', 'local_bind_port'],
  ['LocalBindAdress', 'local_bind_address'],
  ['prot', 'port'],
  ['destination', undefined],
  ['completely_else', undefined],
  ['', undefined],
])('%j was meant to be %j', ([name, meant]) => {
  expect(suggest(name, keys)).toBe(meant);
});

test('the distance of two words is symmetric, and 0 only for equal ones', () => {
  const word = fc.string({ maxLength: 8 });
  fc.assert(
    fc.property(word, word, (one, other) => {
      expect(editDistance(one, other)).toBe(editDistance(other, one));
      expect(editDistance(one, other) === 0).toBe(one === other);
      expect(editDistance(one, other)).toBeLessThanOrEqual(Math.max(one.length, other.length));
    }),
  );
});
