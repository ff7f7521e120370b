import { readFileSync } from 'node:fs';
import { compileFilter, type RecordShape } from '@chancery/filter';
import { describe, expect, test } from 'vitest';
import { healthCheckShape } from './check-shape.ts';
import { configEntryShape } from './config-entry-shape.ts';
import { healthEntryShape, uiNodeShape } from './health-entry-shape.ts';
import { intentionShape } from './intention-shape.ts';
import { memberShape } from './member-shape.ts';
import { nodeShape } from './node-shape.ts';
import { catalogServiceShape, nodeServiceShape } from './service-shape.ts';

/** Recorded from a real Consul; `node tools/oracle/src/filters/record-filters-main.ts PATH` records it anew. */
const { selectors: recorded } = JSON.parse(
  readFileSync(new URL('../../testdata/consul-selectors.json', import.meta.url), 'utf8'),
) as { readonly selectors: Readonly<Record<string, Readonly<Record<string, string>>>> };

const shapes: Readonly<Record<string, RecordShape>> = {
  '/v1/agent/members': memberShape,
  '/v1/agent/services': nodeServiceShape,
  '/v1/agent/checks': healthCheckShape,
  '/v1/catalog/nodes': nodeShape,
  '/v1/catalog/services': catalogServiceShape,
  '/v1/catalog/service/web': catalogServiceShape,
  '/v1/catalog/node-services/a': nodeServiceShape,
  '/v1/health/node/a': healthCheckShape,
  '/v1/health/state/any': healthCheckShape,
  '/v1/health/service/web': healthEntryShape,
  '/v1/connect/intentions': intentionShape,
  '/v1/config/service-defaults': configEntryShape('service-defaults') ?? 'text',
  '/v1/internal/ui/services': healthEntryShape,
  '/v1/internal/ui/nodes': uiNodeShape,
};

/** Where Consul filters a value that nobody sees: bytes and nanoseconds, where an address and `10s` are shown. */
const shownAsText = /^Addr$|PassiveHealthCheck\.(?:Interval|BaseEjectionTime)$/;

/** Each selector of a shape, and what it selects; a map has one for its keys too. */
function selectorsOf(shape: RecordShape, name: string): readonly (readonly [string, string])[] {
  if (typeof shape === 'string') return [[name, shape]];
  if ('map' in shape) return [[name, 'map'], ...selectorsOf(shape.map, `${name}.key`)];
  if ('list' in shape) {
    if (typeof shape.list === 'string') return [[name, 'list']];
    return [[name, 'list of objects'], ...selectorsOf(shape.list, name).slice(1)];
  }
  const fields = Object.entries(shape.fields);
  const prefix = name === '' ? '' : `${name}.`;
  return [[name, 'object'], ...fields.flatMap(([key, inner]) => selectorsOf(inner, prefix + key))];
}

describe.each(Object.entries(recorded))('%s', (list, kinds) => {
  const shape = shapes[list] ?? 'text';

  test('what may be selected is what Consul lets select, and of the same kind', () => {
    const known = Object.entries(kinds).filter(([, kind]) => kind !== 'none');
    const expected = known.map(([name, kind]) => [name, shownAsText.test(name) ? 'text' : kind]);
    const selectors = selectorsOf(shape, '').filter(([name]) => name !== '');
    expect(Object.fromEntries(selectors)).toEqual(Object.fromEntries(expected));
  });

  test('what Consul does not let select is refused in its words', () => {
    for (const [name, kind] of Object.entries(kinds)) {
      const compiled = compileFilter(`${name} == "1"`, shape);
      if (kind === 'none')
        expect(compiled.ok ? 'accepted' : compiled.message).toContain(' is not valid');
      else if (!compiled.ok) expect(compiled.message).not.toContain(' is not valid');
    }
  });
});

test('config entries of other kinds cannot be filtered, as in Consul', () => {
  expect(configEntryShape('proxy-defaults')).toBeUndefined();
});
