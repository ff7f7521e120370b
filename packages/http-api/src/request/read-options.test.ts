import { expect, test } from 'vitest';
import { readOptions } from './read-options.ts';

const waits = { defaultMs: 60_000, maxMs: 120_000 };

function waitMs(query: string, ...settings: [typeof waits] | []): number | undefined {
  const options = readOptions(new URLSearchParams(query), ...settings);
  return 'kind' in options ? undefined : options.waitMs;
}

test.for([
  ['', 300_000],
  ['wait=', 300_000],
  ['wait=0s', 300_000],
  ['wait=90s', 90_000],
  ['wait=1h', 600_000],
] as const)('%j waits for %d ms', ([query, ms]) => {
  expect(waitMs(query)).toBe(ms);
});

test.for([
  ['', 60_000],
  ['wait=90s', 90_000],
  ['wait=1h', 120_000],
] as const)('with times of its own an agent lets %j wait for %d ms', ([query, ms]) => {
  expect(waitMs(query, waits)).toBe(ms);
});

test('nobody waits beyond the bound, also who does not say for how long', () => {
  expect(waitMs('', { defaultMs: 300_000, maxMs: 120_000 })).toBe(120_000);
});

test.for(['wait=soon', 'wait=-1s'])('%s is refused', (query) => {
  expect(waitMs(query, waits)).toBeUndefined();
});
