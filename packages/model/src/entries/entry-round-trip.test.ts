import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ConfigEntry, configEntryKinds } from './config-entry.ts';
import { configEntryProblems, decodeConfigEntry } from './decode-config-entry.ts';
import { encodeConfigEntry } from './encode-config-entry.ts';

type Written = Readonly<Record<string, unknown>>;

const { cases } = JSON.parse(
  readFileSync(new URL('../../testdata/config-entries.json', import.meta.url), 'utf8'),
) as { cases: readonly { readonly printed?: Written }[] };

const byKind = Map.groupBy(
  cases.flatMap(({ printed }) => (printed === undefined ? [] : [printed])),
  (entry) => entry['Kind'],
);

/** Entries made of parts that a real Consul took, whether or not they fit together. */
const entries = fc
  .constantFrom(...byKind.values())
  .chain((pool) => fc.array(fc.constantFrom(...pool), { minLength: 1, maxLength: 4 }))
  .chain((parts) => fc.constant(Object.assign({}, ...parts) as Written))
  .chain((entry) =>
    fc
      .subarray(Object.keys(entry).filter((key) => key !== 'Kind' && key !== 'Name'))
      .map((left) => Object.entries(entry).filter(([key]) => !left.includes(key))),
  )
  .map((members): Written => Object.fromEntries(members));

/** Keys of maps are not keys of blocks: they have one spelling. */
const maps = new Set([...['Config', 'Meta', 'Arguments', 'Add', 'Set', 'Subsets', 'Failover']]);

function inSnakeCase(value: unknown, isMap = false): unknown {
  if (Array.isArray(value)) return value.map((item) => inSnakeCase(item));
  if (typeof value !== 'object' || value === null) return value;
  const keys = Object.entries(value).map(([key, item]) => {
    const snake = key.replace(/(?<=[a-z])(?=[A-Z\d])|(?<=[A-Z])(?=[A-Z][a-z])/g, '_').toLowerCase();
    const isKept = maps.has(key) && !['Subsets', 'Failover'].includes(key);
    return [isMap ? key : snake, isKept ? item : inSnakeCase(item, maps.has(key))];
  });
  return Object.fromEntries(keys);
}

function taken(written: unknown, casing: 'file' | 'http'): ConfigEntry | undefined {
  const decoded = decodeConfigEntry(written, { casing });
  return decoded.ok ? decoded.value : undefined;
}

test('an entry is the same after it was printed and read, in both spellings', () => {
  let count = 0;
  fc.assert(
    fc.property(entries, (written) => {
      const entry = taken(written, 'http');
      if (entry === undefined) return;
      count += 1;
      const printed = encodeConfigEntry(entry);
      expect(taken(printed, 'http')).toEqual(entry);
      expect(taken(inSnakeCase(printed), 'file')).toEqual(entry);
      expect(configEntryProblems(entry)).toEqual([]);
    }),
    { numRuns: 1000 },
  );
  expect(count).toBeGreaterThan(100);
});

test('the order and the spelling of the keys make no difference to what is printed', () => {
  fc.assert(
    fc.property(entries, (written) => {
      const entry = taken(written, 'http');
      const shuffled = taken(
        inSnakeCase(Object.fromEntries(Object.entries(written).reverse())),
        'file',
      );
      expect(shuffled && JSON.stringify(encodeConfigEntry(shuffled))).toBe(
        entry && JSON.stringify(encodeConfigEntry(entry)),
      );
    }),
    { numRuns: 300 },
  );
});

test('every kind that can be written has cases recorded from Consul', () => {
  const others = ['bound-api-gateway', 'sameness-group', 'inline-certificate'];
  expect([...byKind.keys()].sort()).toEqual(
    configEntryKinds.filter((kind) => !others.includes(kind)),
  );
});
