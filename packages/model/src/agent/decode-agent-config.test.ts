import { readFileSync } from 'node:fs';
import { parseHcl, positionOf, toValue } from '@chancery/hcl';
import { describe, expect, test } from 'vitest';
import { formatIssue } from '../format-issue.ts';
import { flagSources } from './agent-flags.ts';
import { type ConfigSource, decodeAgentConfig } from './decode-agent-config.ts';

const host = { hostname: 'box', address: '10.1.2.3' };

function decode(sources: readonly ConfigSource[], dev = false) {
  return decodeAgentConfig(sources, { dev, host });
}

function file(value: unknown, name = 'a.hcl'): ConfigSource {
  return { name, value };
}

function mistakes(sources: readonly ConfigSource[]): readonly string[] {
  const decoded = decode(sources);
  return decoded.ok ? [] : decoded.issues.map((issue) => formatIssue(issue));
}

function hcl(name: string, text: string) {
  const parsed = parseHcl(text);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  return { document: parsed.document, source: { name, value: toValue(parsed.document) } };
}

const demo = readFileSync(new URL('../../../../examples/envoy_demo.hcl', import.meta.url), 'utf8');

test('the example of two services and their sidecars is read as it stands', () => {
  const decoded = decode([hcl('envoy_demo.hcl', demo).source], true);
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
  const decoded = decode([source], true);
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
        clientAddress: '127.0.0.1',
        ports: { http: 8500, grpc: -1, sidecarMin: 21000, sidecarMax: 21255 },
        logLevel: 'info',
        logJson: false,
        defaultIntentionPolicy: 'allow',
        leafCertTtlMs: 259_200_000,
        services: [],
        checks: [],
      },
    });
  });

  test('in development everything is on loopback', () => {
    expect(decode([], true)).toMatchObject({
      value: {
        bindAddress: '127.0.0.1',
        advertiseAddress: '127.0.0.1',
        ports: { http: 8500, grpc: 8502 },
      },
    });
  });
});

test('in development nothing is kept on disk, and a data_dir is told to have no effect', () => {
  const decoded = decode([file({ data_dir: '/var/lib/chancery' })], true);
  expect(decoded.ok && decoded.value.dataDir).toBeUndefined();
  expect(decoded.warnings.map((warning) => formatIssue(warning))).toEqual([
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
    ...flagSources({ node: 'two', grpcPort: '8502', logLevel: 'WARN', logJson: true }),
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
      leafCertTtlMs: 86_400_000,
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
      bind_addr: '{{ GetPrivateIP }}',
      advertise_addr: 'mesh.example',
    }),
    file({ services: [{ name: '' }], connect: { ca_config: { leaf_cert_ttl: '1s' } } }, 'b.json'),
    ...flagSources({ httpPort: 'x', nodeId: '1' }),
  ];
  expect(mistakes(sources)).toMatchInlineSnapshot(`
    [
      "a.hcl: data_dri: unknown key "data_dri"; did you mean "data_dir"?",
      "a.hcl: log_level: expected trace, debug, info, warn, error; found "chatty"",
      "a.hcl: retry_join: retry_join is not supported: this agent joins no others yet",
      "a.hcl: acl.enabled: access control by tokens is not there yet: remove it or set it to false",
      "a.hcl: ports.https: TLS on this port is not there yet: remove it or set it to -1",
      "a.hcl: ports.http: 70000 is out of range: it must be -1 to 65535",
      "a.hcl: bootstrap_expect: this agent joins no others yet: only 1 can be expected",
      "a.hcl: bind_addr: expected one address such as "127.0.0.1", found "{{ GetPrivateIP }}"",
      "a.hcl: advertise_addr: expected an IP address such as "127.0.0.1", found "mesh.example"",
      "b.json: services[0].name: must not be empty",
      "b.json: connect.ca_config.leaf_cert_ttl: must be between 10s and 8760h",
      "-node-id: node_id: expected a UUID, found "1"",
      "-http-port: ports.http: expected a whole number, found "x"",
    ]
  `);
});

test('an ID that stands twice is refused, over all sources and for sidecars too', () => {
  const web = { name: 'web', connect: { sidecar_service: {} } };
  const services = [{ name: 'web' }, { name: 'x', id: 'web-sidecar-proxy' }];
  const checks = [{ id: 'c', ttl: '1s' }];
  expect(mistakes([file({ service: web, checks }), file({ services, checks }, 'b.hcl')])).toEqual([
    'b.hcl: services[0]: the ID "web" is already taken by service[0] in a.hcl: give one of them another id',
    'b.hcl: services[1]: the ID "web-sidecar-proxy" is already taken by service[0] in a.hcl: give one of them another id',
    'b.hcl: checks[0]: the check ID "c" is already taken by checks[0] in a.hcl: give one of them another id',
  ]);
});

describe('ports of sidecars', () => {
  const sidecars = (count: number) =>
    Array.from({ length: count }, (_, index) => ({
      name: `s${index}`,
      connect: { sidecar_service: {} },
    }));

  test('the default range is enough for 256 sidecars', () => {
    expect(mistakes([file({ services: sidecars(256) })])).toEqual([]);
    expect(mistakes([file({ services: sidecars(257) })])).toEqual([
      'a.hcl: services[256]: no port provided for sidecar_service and none left in the configured range [21000, 21255]',
    ]);
  });

  test('ports that are taken by hand are not given out', () => {
    const ports = { sidecar_min_port: 100, sidecar_max_port: 102 };
    const taken = { name: 'taken', port: 101 };
    expect(mistakes([file({ ports, services: [...sidecars(2), taken] })])).toEqual([]);
    expect(mistakes([file({ ports, services: [...sidecars(3), taken] })])).toEqual([
      'a.hcl: services[2]: no port provided for sidecar_service and none left in the configured range [100, 102]',
    ]);
  });

  test('a range of 0 gives out none', () => {
    const ports = { sidecar_min_port: 0, sidecar_max_port: 0 };
    expect(mistakes([file({ ports, services: sidecars(1) })])).toEqual([
      'a.hcl: services[0]: no port provided for sidecar_service and auto-assignment disabled in config',
    ]);
  });
});

test('what Consul knows and has no effect here is a warning, never silence', () => {
  const value = {
    server: true,
    bootstrap_expect: 1,
    ui_config: { enabled: true },
    ports: { dns: 8600 },
  };
  const { ok, warnings } = decode([file(value)]);
  expect(ok).toBe(true);
  expect(warnings.map((warning) => formatIssue(warning))).toEqual([
    'a.hcl: server: server has no effect: an agent here is always a whole one',
    'a.hcl: ui_config: ui_config has no effect: there is no web interface',
    'a.hcl: ports.dns: dns has no effect: nothing listens there',
  ]);
});
