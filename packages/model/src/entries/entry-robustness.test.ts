import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { configEntryKinds } from './config-entry.ts';
import { decodeConfigEntry } from './decode-config-entry.ts';
import { encodeConfigEntry } from './encode-config-entry.ts';
import { entryRefusal } from './entry-refusal.ts';

const { cases } = JSON.parse(
  readFileSync(new URL('../../testdata/config-entries.json', import.meta.url), 'utf8'),
) as { cases: readonly { readonly entry: object }[] };

/** Decodes, and prints whatever came of it. */
function answer(value: unknown): string {
  const decoded = decodeConfigEntry(value, { casing: 'http' });
  if (decoded.ok) return JSON.stringify(encodeConfigEntry(decoded.value));
  return entryRefusal(decoded.issues).text;
}

type Step = readonly [holder: object, key: string];

/** Every place of a value at which something stands. */
function places(value: unknown): readonly Step[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => [[value, key] as Step, ...places(item)]);
}

const oddities = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom(null, -1, 2 ** 53, 1e300, '', '*', [], {}, [[]], [{}, {}], '__proto__'),
  fc.constant(JSON.parse('{"__proto__":{"x":1},"constructor":1}')),
);

test('an entry with anything in the place of anything is printed or refused', () => {
  fc.assert(
    fc.property(fc.constantFrom(...cases), fc.nat(), oddities, ({ entry }, at, odd) => {
      const copy = structuredClone(entry);
      const all = places(copy);
      const [holder, key = ''] = all[at % all.length] ?? [];
      if (holder) Object.assign(holder, { [key]: odd });
      expect(answer(copy).length).toBeGreaterThan(0);
    }),
    { numRuns: 3000 },
  );
});

test('any JSON of any kind is printed or refused', () => {
  fc.assert(
    fc.property(fc.constantFrom(...configEntryKinds), fc.jsonValue(), (Kind, value) => {
      const holder = typeof value === 'object' ? value : { Name: value };
      expect(answer({ ...holder, Kind }).length).toBeGreaterThan(0);
      expect(answer(value).length).toBeGreaterThan(0);
    }),
    { numRuns: 1000 },
  );
});

test.each(['Config', 'Meta', 'Sources', 'Expose', 'Arguments', 'Rules'])(
  'JSON of any depth in %s is refused',
  (key) => {
    const deep = JSON.parse(`${`{"${key}":[`.repeat(5000)}1${']}'.repeat(5000)}`);
    for (const Kind of configEntryKinds) expect(answer({ ...deep, Kind })).not.toBe('');
  },
);

/** What takes time in proportion to the square of this does not end within the time of a test. */
const many = 100_000;

test.each<[string, object]>([
  [
    'sources',
    {
      Kind: 'service-intentions',
      Name: 'web',
      Sources: Array(many).fill({ Name: 'a', Action: 'x' }),
    },
  ],
  [
    'splits',
    {
      Kind: 'service-splitter',
      Name: 'web',
      Splits: Array(many).fill({ Weight: 1, Service: 'b' }),
    },
  ],
  [
    'listeners',
    { Kind: 'api-gateway', Name: 'gw', Listeners: Array(many).fill({ Name: 'a', Port: 1 }) },
  ],
  [
    'hosts',
    {
      Kind: 'ingress-gateway',
      Name: 'ig',
      Listeners: [
        { Port: 1, Protocol: 'http', Services: [{ Name: 'a', Hosts: Array(many).fill('a*') }] },
      ],
    },
  ],
  [
    'keys',
    { Kind: 'mesh', ...Object.fromEntries(Array.from({ length: many }, (_, at) => [at, 1])) },
  ],
])('so many %s are refused at once, in an answer that can be read', (_what, entry) => {
  expect(answer(entry).length).toBeLessThan(20_000);
});
