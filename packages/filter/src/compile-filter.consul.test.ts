import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { compileFilter } from './compile-filter.ts';
import { recordedShapes } from './testing/recorded-shapes.ts';

interface Recording {
  readonly list: string;
  readonly records: readonly object[];
  readonly answers: readonly {
    readonly expression: string;
    readonly left?: readonly number[];
    readonly refusal?: string;
  }[];
}

/** Recorded from a real Consul; `node tools/oracle/src/filters/record-filters-main.ts PATH` records it anew. */
const { recordings } = JSON.parse(
  readFileSync(new URL('../testdata/consul-filters.json', import.meta.url), 'utf8'),
) as { readonly recordings: readonly Recording[] };

const prefix = 'Failed to create boolean expression evaluator: ';

describe.each(recordings)('$list', ({ list, records, answers }) => {
  const shape = recordedShapes[list] ?? 'text';

  test.each(answers)('$expression is answered as by Consul', ({ expression, left, refusal }) => {
    const compiled = compileFilter(expression, shape);
    if (compiled.ok) {
      const places = records.flatMap((record, place) => (compiled.matches(record) ? [place] : []));
      expect({ left: places }).toEqual({ left, refusal });
    } else {
      expect(left, compiled.message).toBeUndefined();
      expect(compiled.message.slice(0, `${prefix}${refusal}`.length)).toBe(`${prefix}${refusal}`);
    }
  });
});
