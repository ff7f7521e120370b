import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import type { Compiled } from './resource.ts';
import { readCase } from './testing/golden-case.ts';
import { readableOf } from './testing/readable.ts';
import { references } from './testing/references.ts';
import { createTranslator } from './translator.ts';

const testdata = join(import.meta.dirname, '../testdata');
const cases = readdirSync(testdata);

function goldens(compiled: Compiled): Record<string, readonly unknown[]> {
  return {
    'clusters.golden.yaml': readableOf(compiled, 'Cluster'),
    'endpoints.golden.yaml': readableOf(compiled, 'ClusterLoadAssignment'),
    'listeners.golden.yaml': readableOf(compiled, 'Listener'),
    'intentions.golden.yaml': readableOf(compiled, 'TypedExtensionConfig'),
    'secrets.golden.yaml': compiled.secrets,
    'diagnostics.golden.yaml': compiled.diagnostics,
  };
}

describe.for(cases)('%s', (name) => {
  const folder = join(testdata, name);
  const written = readFileSync(join(folder, 'snapshot.yaml'), 'utf8');
  const compiled = createTranslator().compile(readCase(written));

  test('is translated as approved', async () => {
    const files = Object.entries(goldens(compiled)).filter(([, content]) => content.length > 0);
    for (const [file, content] of files) {
      await expect(stringify(content, { lineWidth: 0 })).toMatchFileSnapshot(join(folder, file));
    }
    const expected = ['snapshot.yaml', ...files.map(([file]) => file)];
    expect(readdirSync(folder).filter((file) => !expected.includes(file))).toEqual([]);
  });

  test('gives equal bytes whatever the order of the input', () => {
    const reversed = readCase(written, (list) => list.toReversed());
    const byName = (one: Compiled) => one.resources.toSorted((a, b) => (a.name < b.name ? -1 : 1));
    expect(byName(createTranslator().compile(reversed))).toEqual(byName(compiled));
  });

  test('names exactly what there is', () => {
    const { named, present } = references(compiled);
    expect(named).toEqual(present);
  });
});
