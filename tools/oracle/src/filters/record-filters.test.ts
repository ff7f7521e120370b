import { expect, test } from 'vitest';
import type { ConsulCall } from '../consul-api.ts';
import { recordFilters } from './record-filters.ts';
import { recordSelectors } from './record-selectors.ts';

const prefix = '500 Failed to create boolean expression evaluator: ';

function filterOf(path: string): string | null {
  return new URL(path, 'http://consul').searchParams.get('filter');
}

const unknown = 'Selector "?" is not valid';
const unfit = 'Invalid match operator "?" for selector "?"';

/** What a Consul refuses: it knows a field of each kind. */
const refusals: Readonly<Record<string, string>> = {
  '(': '1:2 (1): no match found, expected: "("',
  'Nope == 1': unknown.replace('?', 'Nope'),
  'Port == "no value"': 'Failed to coerce value "no value" for selector "Port": strconv.ParseInt',
  'Native == "no value"': 'Failed to coerce value "no value" for selector "?": strconv.ParseBool',
  'Tags == "no value"': unfit,
  'Tags.anyKey is empty': unknown,
  'Meta == "no value"': unfit,
  'Meta.anyKey is empty': unfit,
  'Checks == "no value"': unfit,
  '"no value" in Checks': unfit,
  'Weights == "no value"': unfit,
  'Weights is empty': unfit,
  'Nope == "no value"': unknown,
};

const fakeConsul: ConsulCall = async (method, path) => {
  const expression = filterOf(path);
  if (method === 'PUT') return true;
  if (expression === null)
    return [{ Node: 'a', CreateIndex: 7 }, { Node: 'b' }, { Node: 'oracle' }];
  const refusal = refusals[expression];
  if (refusal !== undefined) throw new Error(`GET ${path}: ${prefix}${refusal}`);
  return [{ Node: 'b', ModifyIndex: 3 }];
};

test('answers are kept as places in the whole list, without what differs from run to run', async () => {
  const questions = { '/v1/catalog/nodes': ['Node == b', 'Nope == 1', '('] };
  expect(await recordFilters(fakeConsul, [{ path: '/v1/x', body: {} }], questions)).toEqual([
    {
      list: '/v1/catalog/nodes',
      records: [{ Node: 'a' }, { Node: 'b' }],
      answers: [
        { expression: 'Node == b', left: [1] },
        { expression: 'Nope == 1', refusal: 'Selector "Nope" is not valid' },
        { expression: '(', refusal: '1:2 (1)' },
      ],
    },
  ]);
});

test('an answer that is no refusal of a filter is not recorded as one', async () => {
  const call: ConsulCall = async (method, path) => {
    if (filterOf(path) === null) return [];
    throw new Error(`${method} ${path}: 403 Permission denied`);
  };
  await expect(recordFilters(call, [], { '/v1/x': ['Node == a'] })).rejects.toThrow('403');
});

test('selectors are told apart by what Consul refuses', async () => {
  const names = ['Node', 'Port', 'Native', 'Tags', 'Meta', 'Checks', 'Weights', 'Nope'];
  const candidates = Object.fromEntries(names.map((name) => [name, 'none' as const]));
  expect(await recordSelectors(fakeConsul, { '/v1/x': candidates })).toEqual({
    '/v1/x': {
      Node: 'text',
      Port: 'number',
      Native: 'flag',
      Tags: 'list',
      Meta: 'map',
      Checks: 'list of objects',
      Weights: 'object',
      Nope: 'none',
    },
  });
});
