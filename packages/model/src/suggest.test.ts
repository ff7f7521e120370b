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

test('of many the first of the nearest is meant, if that is near', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 8 });
  fc.assert(
    fc.property(word, fc.array(word, { maxLength: 12 }), (name, candidates) => {
      const distances = candidates.map((candidate) => editDistance(name, candidate));
      const nearest = Math.min(...distances);
      const isNear = nearest <= Math.max(1, Math.floor(name.length / 3));
      expect(suggest(name, candidates)).toBe(
        isNear ? candidates[distances.indexOf(nearest)] : undefined,
      );
    }),
    { numRuns: 500 },
  );
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
