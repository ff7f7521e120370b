import fc from 'fast-check';
import { expect, test } from 'vitest';
import { noKeys, type SortedKeys, withKey, withoutKey } from './sorted-keys.ts';

test('sorted keys are a sorted set, and each change leaves the one before as it was', () => {
  const change = fc.record({ add: fc.boolean(), key: fc.nat(400).map(String) });
  fc.assert(
    fc.property(fc.array(change, { maxLength: 1500, size: 'max' }), (changes) => {
      const expected = new Set<string>();
      let keys: SortedKeys = noKeys;
      for (const { add, key } of changes) {
        const [before, textBefore] = [keys, keys.flat().join()];
        if (add) expected.add(key);
        else expected.delete(key);
        keys = add ? withKey(keys, key) : withoutKey(keys, key);
        expect(before.flat().join()).toBe(textBefore);
      }
      expect(keys.flat()).toEqual([...expected].sort());
      expect(keys.every((chunk) => chunk.length > 0 && chunk.length <= 128)).toBe(true);
    }),
    { numRuns: 20 },
  );
}, 30_000);

test('a key that is there, or is not, changes nothing', () => {
  const keys = withKey(withKey(noKeys, 'b'), 'a');
  expect(withKey(keys, 'a')).toBe(keys);
  expect(withoutKey(keys, 'c')).toBe(keys);
});
