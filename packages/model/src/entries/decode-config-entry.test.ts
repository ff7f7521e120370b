import { parseHcl, toValue } from '@chancery/hcl';
import { describe, expect, test } from 'vitest';
import { formatIssue } from '../format-issue.ts';
import { decodeConfigEntry } from './decode-config-entry.ts';
import { encodeConfigEntry } from './encode-config-entry.ts';

const http = { casing: 'http' } as const;

function mistakes(entry: unknown, casing: 'file' | 'http' = 'http'): readonly string[] {
  const decoded = decodeConfigEntry(entry, { casing });
  return decoded.ok ? [] : decoded.issues.map((issue) => formatIssue(issue));
}

function printed(entry: unknown): unknown {
  const decoded = decodeConfigEntry(entry, { casing: 'file' });
  return decoded.ok ? encodeConfigEntry(decoded.value) : decoded.issues;
}

test('both spellings of keys are understood, in files and over HTTP', () => {
  const snake = { kind: 'service-defaults', name: 'web', external_sni: 'x', mesh_gateway: {} };
  const camel = { Kind: 'service-defaults', Name: 'web', ExternalSNI: 'x', MeshGateway: {} };
  for (const casing of ['file', 'http'] as const) {
    const decoded = decodeConfigEntry(snake, { casing });
    expect(decoded.ok && decoded.value).toMatchObject({ externalSni: 'x' });
    expect(decoded).toEqual(decodeConfigEntry(camel, { casing }));
  }
});

/** Printed by Consul 1.20.1 after `config write` of the same files. */
describe('a file in HCL', () => {
  test.each([
    [
      `Kind = "service-resolver"
       Name = "api"
       ConnectTimeout = "15s"
       Subsets = { v1 = { Filter = "Service.Meta.version == v1" } }
       Failover { "*" = { Datacenters = ["dc2"] } }
       LoadBalancer { Policy = "maglev" HashPolicies = [{ Field = "header" FieldValue = "x-user" }] }`,
      {
        ConnectTimeout: '15s',
        Kind: 'service-resolver',
        Name: 'api',
        Subsets: { v1: { Filter: 'Service.Meta.version == v1' } },
        Failover: { '*': { Datacenters: ['dc2'] } },
        LoadBalancer: {
          Policy: 'maglev',
          HashPolicies: [{ Field: 'header', FieldValue: 'x-user' }],
        },
      },
    ],
    [
      `kind = "service-intentions"
       name = "web"
       sources = [
         { name = "*" action = "deny" },
         { name = "api" permissions = [{ action = "allow" http { path_prefix = "/v1" methods = ["get"] } }] },
       ]`,
      {
        Kind: 'service-intentions',
        Name: 'web',
        Sources: [
          {
            Name: 'api',
            Permissions: [{ Action: 'allow', HTTP: { PathPrefix: '/v1', Methods: ['GET'] } }],
            Precedence: 9,
            Type: 'consul',
          },
          { Name: '*', Action: 'deny', Precedence: 8, Type: 'consul' },
        ],
      },
    ],
    [
      `Kind = "service-router"
       Name = "web"
       Routes {
         Match { HTTP { PathPrefix = "/admin" } }
         Destination { Service = "admin" RequestTimeout = "1m30s" }
       }`,
      {
        Kind: 'service-router',
        Name: 'web',
        Routes: [
          {
            Match: { HTTP: { PathPrefix: '/admin' } },
            Destination: { RequestTimeout: '1m30s', Service: 'admin' },
          },
        ],
      },
    ],
  ])('is read with its blocks: %s', (text, expected) => {
    const parsed = parseHcl(text);
    const entry = parsed.ok ? toValue(parsed.document) : parsed.errors;
    expect(JSON.stringify(printed(entry))).toBe(JSON.stringify(expected));
  });
});

test('a map may be written as blocks with labels, each key once', () => {
  const [v1, v2] = [{ v1: { only_passing: true } }, { v2: {} }];
  const resolver = { kind: 'service-resolver', name: 'api' };
  expect(printed({ ...resolver, subsets: [v1, v2] })).toMatchObject({
    Subsets: { v1: { OnlyPassing: true }, v2: {} },
  });
  expect(mistakes({ ...resolver, subsets: [v1, v1] }, 'file')).toEqual([
    'subsets[1].v1: "v1" stands twice: keep one',
  ]);
});

test('every mistake is told with its path, in the spelling of the document', () => {
  const entry = {
    kind: 'service-router',
    name: 'web',
    routes: [
      { match: { http: { path_exact: 'a', heder: [] } } },
      { destination: { num_retries: -1, retry_on: ['5xx', 'never'] } },
    ],
  };
  expect(mistakes(entry, 'file')).toEqual([
    'routes[0].match.http.heder: unknown key "heder"; did you mean "header"?',
    'routes[1].destination.num_retries: -1 is out of range: it must be 0 to 4294967295',
    'routes[1].destination.retry_on[1]: Route[1] contains an invalid retry condition: "never"',
  ]);
});

test('a mistake that follows from one of reading is not told', () => {
  const misspelt = { Name: 'b', Actoin: 'deny' };
  const entry = { Kind: 'service-intentions', Name: 'web', Sources: [misspelt, { Name: 'c' }] };
  expect(mistakes(entry)).toEqual([
    'Sources[0].Actoin: unknown key "Actoin"; did you mean "Action"?',
    "Sources[1].Action: Sources[1].Action must be set to 'allow' or 'deny'",
  ]);
});

test('a source is counted as Consul counts, and found where it stands', () => {
  const sources = [
    { Name: '*', Action: 'deny' },
    { Name: 'a', Action: 'x' },
  ];
  expect(mistakes({ Kind: 'service-intentions', Name: 'web', Sources: sources })).toEqual([
    "Sources[1].Action: Sources[0].Action must be set to 'allow' or 'deny'",
  ]);
});

describe('kinder than Consul', () => {
  test.each<[string, object]>([
    [
      'keys that it knows in one spelling only',
      { Kind: 'http-route', Name: 'r', Rules: [{ filters: { url_rewrite: { path: '/' } } }] },
    ],
    [
      'the default namespace',
      { Kind: 'service-defaults', Name: 'web', Namespace: 'default', Partition: 'default' },
    ],
    [
      'the default namespace of a source',
      {
        Kind: 'service-intentions',
        Name: 'web',
        Sources: [{ Name: 'a', Namespace: 'default', Action: 'deny' }],
      },
    ],
    ['the name of the mesh', { Kind: 'mesh', Name: 'mesh' }],
  ])('%s', (_what, entry) => {
    expect(mistakes(entry)).toEqual([]);
  });
});

describe('stricter than Consul, which stores what no proxy can be given', () => {
  const advice =
    'use letters, digits, "-", "_" and ".", first a letter or digit, at most 128 in all';
  test.each<[object, string]>([
    [
      { Kind: 'service-router', Name: 'web', Routes: [{ Destination: { Service: 'a b' } }] },
      `Routes[0].Destination.Service: "a b" cannot be used here: ${advice}`,
    ],
    [{ Kind: 'service-resolver', Name: 'web/1' }, `Name: "web/1" cannot be used here: ${advice}`],
    [
      { Kind: 'service-defaults', Name: 'web', Mode: 'Direct' },
      'Mode: expected "direct" or "transparent", found "Direct"',
    ],
    [
      { Kind: 'service-defaults', Name: 'web', TransparentProxy: { OutboundListenerPort: 70_000 } },
      'TransparentProxy.OutboundListenerPort: 70000 is out of range: it must be 0 to 65535',
    ],
    [
      {
        Kind: 'ingress-gateway',
        Name: 'ig',
        Listeners: [{ Port: 0, Protocol: 'http', Services: [{ Name: 'a' }] }],
      },
      'Listeners[0].Port: 0 is no port: it must be 1 to 65535',
    ],
    [
      {
        Kind: 'service-splitter',
        Name: 'web',
        Splits: [{ Weight: -1 }, { Weight: 101, Service: 'b' }],
      },
      'Splits[0].Weight: must be 0 or more',
    ],
    [
      { Kind: 'service-splitter', Name: 'web', Splits: [{ Weight: 100, Namespace: 'x' }] },
      'Splits[0].Namespace: only "default" is supported, found "x"',
    ],
  ])('%j', (entry, message) => {
    expect(mistakes(entry)).toEqual([message]);
  });
});

test.each([
  ['bound-api-gateway', 'read-only'],
  ['sameness-group', 'refused'],
  ['control-plane-request-limit', undefined],
])('%s cannot be written', (kind, code) => {
  const decoded = decodeConfigEntry({ Kind: kind, Name: 'x' }, http);
  expect(decoded.ok ? undefined : decoded.issues).toMatchObject([{ path: ['Kind'] }]);
  expect(decoded.ok ? undefined : decoded.issues[0]?.code).toBe(code);
});

test('a kind that there is not is answered with the one that was meant', () => {
  expect(mistakes({ Kind: 'service-default', Name: 'x' })).toEqual([
    'Kind: there is no kind "service-default"; did you mean "service-defaults"?',
  ]);
});

test('one key in two spellings is refused: one of the values would be lost', () => {
  expect(mistakes({ Kind: 'service-defaults', Name: 'a', name: 'b' })).toEqual([
    'name: "name" stands twice; "Name" is the same key: keep one',
  ]);
});
