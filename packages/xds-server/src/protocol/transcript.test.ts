import { readdirSync, readFileSync } from 'node:fs';
import { typeUrls } from '@chancery/envoy-api';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { Script, type ScriptStep } from '../testing/script.ts';

interface Transcript {
  readonly title: string;
  readonly variant: 'delta' | 'sotw';
  readonly steps: readonly (ScriptStep & { readonly expect?: readonly unknown[] })[];
}

const folder = new URL('../../testdata/', import.meta.url);
const files = readdirSync(folder).filter((file) => file.endsWith('.yaml'));

test('there are transcripts of both variants', () => {
  expect(files.length).toBeGreaterThan(5);
});

describe.for(files)('%s', (file) => {
  const transcripts: Transcript[] = parse(readFileSync(new URL(file, folder), 'utf8'));
  test.for(transcripts)('$title', ({ variant, steps }) => {
    const script = new Script(variant);
    for (const [at, { expect: expected, ...step }] of steps.entries()) {
      const sent = script.play(step).map((response) => {
        const type = Object.entries(typeUrls).find(([, url]) => url === response.typeUrl)?.[0];
        const resources = Object.fromEntries(response.resources.map((it) => [it.name, it.hash]));
        return response.removed.length > 0
          ? { type, resources, removed: response.removed }
          : { type, resources };
      });
      expect(sent, `step ${at + 1}: ${JSON.stringify(step)}`).toEqual(expected ?? []);
    }
  });
});
