import { readFileSync } from 'node:fs';
import { parseHcl, positionOf, toValue } from '@chancery/hcl';
import { describe, expect, test } from 'vitest';
import { formatIssue } from '../format-issue.ts';
import { decode, file, mistakes, warnings } from '../testing/agent-files.ts';
import { flagSources } from './agent-flags.ts';

function hcl(name: string, text: string) {
  const parsed = parseHcl(text);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  return { document: parsed.document, source: { name, value: toValue(parsed.document) } };
}

const demo = readFileSync(new URL('../../../../examples/envoy_demo.hcl', import.meta.url), 'utf8');

test('the example of two services and their sidecars is read as it stands', () => {
  const decoded = decode([hcl('envoy_demo.hcl', demo).source], { dev: true });
  expect(decoded.warnings).toEqual([]);
  expect(decoded).toMatchObject({
    ok: true,
    value: {
      dev: true,
      ports: { http: 8500, grpc: 8502 },
      services: [
        {
          service: { id: 'web', name: 'web', port: 8080 },
          sidecar: {
            service: {
              id: 'web-sidecar-proxy',
              port: 0,
              proxy: {
                localServicePort: 8080,
                upstreams: [
                  { destinationName: 'db', localBindAddress: '127.0.0.1', localBindPort: 9191 },
                ],
              },
            },
          },
        },
        {
          service: { id: 'db', port: 9090 },
          sidecar: { service: { proxy: { destinationServiceId: 'db', upstreams: [] } } },
        },
      ],
    },
  });
});

test('a mistake is told with its file, line and column', () => {
  const { document, source } = hcl(
    'envoy_demo.hcl',
    demo.replace('destination_name', 'destination'),
  );
  const decoded = decode([source], { dev: true });
  const lines = decoded.ok
    ? []
    : decoded.issues.map((issue) => {
        const at = issue.code === 'unknown-key' ? 'key' : 'value';
        return formatIssue(issue, {
          name: source.name,
          ...positionOf(document, issue.path, { at }),
        });
      });
  const path = 'services[0].connect.sidecar_service.proxy.upstreams';
  expect(lines).toEqual([
    `envoy_demo.hcl:8:11: ${path}[0].destination: unknown key "destination"`,
    `envoy_demo.hcl:7:9: ${path}[0]: destination_name is missing: say which service to reach`,
  ]);
});

describe('defaults', () => {
  const loopback = { kind: 'tcp', host: '127.0.0.1' };

  test('in production xDS is off until it is asked for', () => {
    expect(decode([])).toEqual({
      ok: true,
      warnings: [],
      value: {
        dev: false,
        datacenter: 'dc1',
        nodeName: 'box',
        nodeMeta: {},
        bindAddress: '0.0.0.0',
        advertiseAddress: '10.1.2.3',
        taggedAddresses: {
          lan: '10.1.2.3',
          lan_ipv4: '10.1.2.3',
          wan: '10.1.2.3',
          wan_ipv4: '10.1.2.3',
        },
        listen: { http: [loopback], grpc: [loopback] },
        ports: { http: 8500, grpc: -1, sidecarMin: 21000, sidecarMax: 21255 },
        logLevel: 'info',
        logJson: false,
        defaultIntentionPolicy: 'allow',
        autoReloadConfig: false,
        ca: { leafCertTtlMs: 259_200_000, rootCertTtlMs: 315_360_000_000 },
        http: {
          responseHeaders: {},
          blockEndpoints: [],
          allowWriteFrom: [],
          maxConnectionsPerClient: 200,
        },
        queryWaits: { defaultMs: 300_000, maxMs: 600_000 },
        telemetry: {
          metricsPrefix: 'consul',
          disableHostname: false,
          prometheusRetentionMs: 60_000,
          allowedPrefixes: [],
          blockedPrefixes: [],
          filterDefault: true,
        },
        scriptChecks: 'off',
        discardCheckOutput: false,
        checkOutputMaxBytes: 4096,
        checkUpdateIntervalMs: 300_000,
        configEntries: [],
        services: [],
        checks: [],
      },
    });
  });

  test('in development everything is on loopback', () => {
    expect(decode([], { dev: true })).toMatchObject({
      value: {
        bindAddress: '127.0.0.1',
        advertiseAddress: '127.0.0.1',
        ports: { http: 8500, grpc: 8502 },
      },
    });
  });
});

test('in development nothing is kept on disk, and a data_dir is told to have no effect', () => {
  const files = [file({ data_dir: '/var/lib/chancery' })];
  const decoded = decode(files, { dev: true });
  expect(decoded.ok && decoded.value.dataDir).toBeUndefined();
  expect(warnings(files, true)).toEqual([
    'a.hcl: data_dir: has no effect with -dev, which keeps everything in memory',
  ]);
});

test('later sources win, maps are joined, services and checks add up', () => {
  const decoded = decode([
    file({
      node_name: 'one',
      node_meta: { a: '1', b: '1' },
      ports: { http: 1, grpc: 2 },
      service: { name: 'web' },
      check: { name: 'n', ttl: '1s' },
      acl: { default_policy: 'deny' },
    }),
    file({
      node_meta: { b: '2' },
      ports: [{ http: 0 }],
      services: [{ name: 'db' }, { name: 'api' }],
      checks: [{ id: 'm', ttl: '1s' }],
      connect: { ca_config: { leaf_cert_ttl: '24h' } },
    }),
    ...flagSources([
      { flag: '-node', path: ['node_name'], value: 'two' },
      { flag: '-grpc-port', path: ['ports', 'grpc'], value: '8502' },
      { flag: '-log-level', path: ['log_level'], value: 'WARN' },
      { flag: '-log-json', path: ['log_json'], value: 'true' },
    ]),
  ]);
  expect(decoded).toMatchObject({
    ok: true,
    value: {
      nodeName: 'two',
      nodeMeta: { a: '1', b: '2' },
      ports: { http: -1, grpc: 8502 },
      logLevel: 'warn',
      logJson: true,
      defaultIntentionPolicy: 'deny',
      ca: { leafCertTtlMs: 86_400_000 },
      services: [
        { service: { name: 'web' } },
        { service: { name: 'db' } },
        { service: { name: 'api' } },
      ],
      checks: [{ checkId: 'n' }, { checkId: 'm' }],
    },
  });
});

test('default_intention_policy goes before the policy of the ACLs', () => {
  const value = { default_intention_policy: 'allow', acl: { default_policy: 'deny' } };
  expect(decode([file(value)])).toMatchObject({ value: { defaultIntentionPolicy: 'allow' } });
});

test('a file spells its keys in snake_case, in whatever case, as Consul takes them', () => {
  const service = { Name: 'web', PORT: 80, TaggedAddresses: {} };
  expect(mistakes([file({ NodeName: 'x', services: [service] })])).toEqual([
    'a.hcl: NodeName: unknown key "NodeName"; did you mean "node_name"?',
    'a.hcl: services[0].TaggedAddresses: unknown key "TaggedAddresses"; did you mean "tagged_addresses"?',
  ]);
});

test('the mistakes of all sources are told at once, each with its source', () => {
  const sources = [
    file({
      data_dri: '/x',
      log_level: 'chatty',
      retry_join: ['a'],
      acl: { enabled: true },
      ports: { https: 8501, http: 70_000 },
      bootstrap_expect: 3,
      bind_addr: 'mesh',
      advertise_addr: 'mesh.example',
    }),
    file({ services: [{ name: '' }], connect: { ca_config: { leaf_cert_ttl: '1s' } } }, 'b.json'),
    ...flagSources([
      { flag: '-node-id', path: ['node_id'], value: '1' },
      { flag: '-http-port', path: ['ports', 'http'], value: 'x' },
    ]),
  ];
  expect(mistakes(sources)).toMatchInlineSnapshot(`
    [
      "a.hcl: data_dri: unknown key "data_dri"; did you mean "data_dir"?",
      "a.hcl: log_level: expected trace, debug, info, warn, error; found "chatty"",
      "a.hcl: retry_join: retry_join is not supported: this agent joins no others yet: remove it to run one agent",
      "a.hcl: acl.enabled: enabled is not supported: there are no tokens yet: remove it or set it to false",
      "a.hcl: ports.https: https is not supported: there is no HTTPS and no TLS for proxies yet: remove it or set it to -1",
      "a.hcl: ports.http: 70000 is out of range: it must be -1 to 65535",
      "a.hcl: bootstrap_expect: this agent joins no others yet: only 1 can be expected",
      "a.hcl: bind_addr: expected an IP address such as "127.0.0.1", found "mesh"",
      "a.hcl: advertise_addr: expected an IP address such as "127.0.0.1", found "mesh.example"",
      "b.json: services[0].name: must not be empty",
      "b.json: connect.ca_config.leaf_cert_ttl: must be between 10s and 8760h",
      "-node-id: node_id: expected a UUID, found "1"",
      "-http-port: ports.http: expected a whole number, found "x"",
    ]
  `);
});
