import { expect, test } from 'vitest';
import { formatIssue } from '../format-issue.ts';
import { decodeConfigEntry } from './decode-config-entry.ts';

function warnings(entry: object, casing: 'file' | 'http' = 'http'): readonly string[] {
  const decoded = decodeConfigEntry(entry, { casing });
  return decoded.warnings.map((warning) => formatIssue(warning));
}

test('intentions that allow and deny connections have all the effect they declare', () => {
  const sources = [
    { Name: 'a', Action: 'deny', Description: 'why' },
    { Name: '*', Action: 'allow' },
  ];
  expect(warnings({ Kind: 'service-intentions', Name: 'db', Sources: sources })).toEqual([]);
});

test('an entry that no proxy hears of says so once', () => {
  expect(
    warnings({ Kind: 'service-defaults', Name: 'db', Protocol: 'http', Mode: 'direct' }),
  ).toEqual(['the entry is kept and has no effect: proxies do not take it into account yet']);
});

test('a member that has no effect is named, once, in the spelling of the document', () => {
  const permissions = [{ action: 'deny', http: { path_prefix: '/' } }];
  const entry = {
    kind: 'service-intentions',
    name: 'db',
    sources: [
      { name: 'a', action: 'deny' },
      { name: 'b', permissions },
      { name: 'c', permissions },
      { name: 'd', peer: 'east', action: 'allow' },
    ],
    jwt: { providers: [{ name: 'okta' }] },
  };
  expect(warnings(entry, 'file')).toEqual([
    'jwt: has no effect: no proxy checks tokens yet: all connections to its destination are denied',
    'sources[3].peer: has no effect: there is no peering of clusters yet',
    'sources[1].permissions: has no effect: proxies do not look at requests yet: all connections of this source are denied',
  ]);
});

test('what is not kept is not warned of', () => {
  expect(warnings({ Kind: 'service-splitter', Name: 'db', Splits: [] })).toEqual([]);
});

test('a protocol beside the config of all proxies is told where it belongs', () => {
  expect(warnings({ Kind: 'proxy-defaults', Protocol: 'http' })).toEqual([
    'Protocol: has no effect: write it into the config, as protocol',
  ]);
});

test('of the defaults of all proxies the access logs have an effect, and each other member has none', () => {
  const logs = { Enabled: true, Type: 'file', Path: '/var/log/envoy.log' };
  expect(warnings({ Kind: 'proxy-defaults', Name: 'global', AccessLogs: logs })).toEqual([]);
  const rest = {
    Config: { protocol: 'http' },
    MeshGateway: { Mode: 'local' },
    Expose: { Checks: true },
  };
  expect(warnings({ Kind: 'proxy-defaults', Name: 'global', AccessLogs: logs, ...rest })).toEqual([
    'Config: has no effect: proxies do not take it into account yet',
    'MeshGateway: has no effect: proxies do not take it into account yet',
    'Expose.Checks: has no effect: proxies do not take it into account yet',
  ]);
});
