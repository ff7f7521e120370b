import { expect, test } from 'vitest';
import { decodeConfigEntry } from './decode-config-entry.ts';
import { type EntryRefusal, entryRefusal } from './entry-refusal.ts';

function refusal(entry: unknown, placeOf?: Parameters<typeof entryRefusal>[1]): EntryRefusal {
  const decoded = decodeConfigEntry(entry, { casing: 'file' });
  return entryRefusal(decoded.ok ? [] : decoded.issues, placeOf);
}

test('unknown keys are listed as Go programs do, with what was meant and where it stands', () => {
  const entry = {
    kind: 'service-defaults',
    name: 'web',
    protocl: 'http',
    expose: { paths: [{ x: 1 }] },
  };
  expect(refusal(entry, ({ path }) => `web.hcl:${path.length}:1`)).toEqual({
    phase: 'decoding',
    text: `2 errors occurred:
\t* invalid config key "protocl"; did you mean "protocol"? (web.hcl:1:1)
\t* invalid config key "Expose.Paths[0].x" (web.hcl:4:1)

`,
  });
});

test('what cannot be read is told with its path', () => {
  expect(refusal({ kind: 'service-splitter', name: 'web', splits: [{ weight: 'x' }] }).text).toBe(
    '1 error occurred:\n\t* splits[0].weight: expected a number, found "x"\n\n',
  );
});

test('of an entry that does not fit together, the sentence of Consul comes first', () => {
  expect(refusal({ kind: 'service-intentions', name: 'web', sources: [{}] })).toEqual({
    phase: 'validation',
    text: "Sources[0].Name is required; Sources[0].Action must be set to 'allow' or 'deny'",
  });
});

test('what clients may not write is told apart', () => {
  expect(refusal({ kind: 'bound-api-gateway', name: 'x' })).toEqual({
    phase: 'permission',
    text: 'Permission denied: only writeable by controller; it follows from gateways and routes',
  });
});

test('a document full of mistakes gets an answer that can be read', () => {
  const many = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`x${index}y`, 1]));
  const { text } = refusal({ kind: 'service-defaults', name: 'web', ...many });
  expect(text).toContain('and 4980 more');
  expect(text.length).toBeLessThan(2000);
});
