import { expect, test } from 'vitest';
import { shownNames } from './shown-names.ts';

test.for([
  ['consul.rpc.query', { blockedPrefixes: ['consul.rpc'] }, false],
  [
    'consul.rpc.query',
    { blockedPrefixes: ['consul.rpc'], allowedPrefixes: ['consul.rpc.q'] },
    true,
  ],
  ['consul.rpc.query', { blockedPrefixes: ['consul.rpc'], allowedPrefixes: ['consul.rpc'] }, false],
  ['consul.state.nodes', { blockedPrefixes: ['consul.rpc'] }, true],
  ['consul.state.nodes', { filterDefault: false }, false],
  ['consul.state.nodes', { filterDefault: false, allowedPrefixes: ['consul.state'] }, true],
] as const)('%s with %j: %s', ([name, given, expected]) => {
  const shows = shownNames({
    metricsPrefix: 'consul',
    disableHostname: false,
    prometheusRetentionMs: 60_000,
    allowedPrefixes: [],
    blockedPrefixes: [],
    filterDefault: true,
    ...given,
  });
  expect(shows(name)).toBe(expected);
});
