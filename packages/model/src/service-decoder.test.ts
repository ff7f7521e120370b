import { describe, expect, test } from 'vitest';
import { formatIssue } from './format-issue.ts';
import type { Casing } from './scope.ts';
import type { ServiceRegistration } from './service.ts';
import { decodeServiceRegistration } from './service-decoder.ts';

function decode(value: unknown, casing: Casing = 'file'): ServiceRegistration {
  const decoded = decodeServiceRegistration(value, { casing });
  if (!decoded.ok) throw new Error(decoded.issues.map((issue) => formatIssue(issue)).join('\n'));
  return decoded.value;
}

function mistakes(value: unknown, casing: Casing = 'file'): readonly string[] {
  const decoded = decodeServiceRegistration(value, { casing });
  return decoded.ok ? [] : decoded.issues.map((issue) => formatIssue(issue));
}

test('a name is enough: everything else has its default', () => {
  expect(decode({ name: 'web' })).toEqual({
    service: {
      id: 'web',
      name: 'web',
      kind: 'typical',
      tags: [],
      address: '',
      port: 0,
      meta: {},
      taggedAddresses: {},
      weights: { passing: 1, warning: 1 },
      enableTagOverride: false,
      connectNative: false,
    },
    checks: [],
  });
});

describe('a sidecar_service block', () => {
  const parent = {
    id: 'web-1',
    name: 'web',
    port: 8080,
    address: '10.0.0.1',
    tags: ['v1'],
    meta: { team: 'a' },
    weights: { passing: 3 },
    tagged_addresses: { lan: { address: '10.0.0.2', port: 3 } },
    enable_tag_override: true,
    token: 'secret',
  };

  test('takes identity, address, tags, meta and token from its service, and nothing else', () => {
    const { sidecar } = decode({ ...parent, connect: { sidecar_service: {} } });
    expect(sidecar).toEqual({
      service: {
        id: 'web-1-sidecar-proxy',
        name: 'web-sidecar-proxy',
        kind: 'connect-proxy',
        tags: ['v1'],
        address: '10.0.0.1',
        port: 0,
        meta: { team: 'a' },
        taggedAddresses: {},
        weights: { passing: 1, warning: 1 },
        enableTagOverride: false,
        connectNative: false,
        proxy: {
          destinationServiceName: 'web',
          destinationServiceId: 'web-1',
          localServiceAddress: '127.0.0.1',
          localServicePort: 8080,
          config: {},
          upstreams: [],
        },
      },
      checks: [],
      token: 'secret',
    });
  });

  test('keeps what it says itself', () => {
    const block = {
      name: 'other',
      port: 33,
      address: '10.0.0.9',
      tags: ['q'],
      meta: { z: 'y' },
      weights: { passing: 5, warning: 2 },
      token: 'own',
      checks: [{ ttl: '3s' }],
      proxy: { destination_service_name: 'api', local_service_port: 99, config: { bind_port: 5 } },
    };
    const { sidecar } = decode({ ...parent, connect: { sidecar_service: block } });
    expect(sidecar).toMatchObject({
      service: {
        id: 'web-1-sidecar-proxy',
        name: 'other',
        port: 33,
        address: '10.0.0.9',
        tags: ['q'],
        meta: { z: 'y' },
        weights: { passing: 5, warning: 2 },
        proxy: {
          destinationServiceName: 'api',
          destinationServiceId: 'web-1',
          localServicePort: 99,
          config: { bind_port: 5 },
        },
      },
      checks: [{ checkId: 'service:web-1-sidecar-proxy', probe: { kind: 'ttl', ttlMs: 3000 } }],
      token: 'own',
    });
  });

  test('dials the socket of a service that has one', () => {
    const { sidecar } = decode({
      name: 'web',
      socket_path: '/run/web.sock',
      connect: { sidecar_service: {} },
    });
    expect(sidecar?.service.proxy).toMatchObject({
      localServiceSocketPath: '/run/web.sock',
      localServiceAddress: '',
    });
  });

  test('has neither an ID nor a sidecar of its own', () => {
    const block = { id: 'x', connect: { sidecar_service: { name: 'y' } } };
    expect(mistakes({ name: 'web', connect: { sidecar_service: block } })).toEqual([
      'connect.sidecar_service.connect: connect is not supported: a sidecar has no sidecar of its own',
      'connect.sidecar_service.id: a sidecar has no id of its own: it follows its service',
    ]);
  });
});

test('every mistake is found at once, each at its place', () => {
  const upstreams = [
    { destination_nam: 'db', local_bnd_port: 9191 },
    { destination_name: 'a', local_bind_port: 1 },
    { destination_name: 'b', local_bind_port: 1, config: { protocol: 'http' } },
    { destination_name: 'a', local_bind_port: 2, local_bind_address: 'localhost' },
    { destination_name: '*' },
    { destination_type: 'prepared_query', destination_name: 'q', local_bind_port: 7 },
  ];
  const proxy = { config: { envoy_bootstrap_json_tpl: '{{}}', bind_prt: 3 }, upstreams };
  const value = {
    name: 'we b',
    port: '8080',
    tags: 'x',
    meta: { 'a b': 'x', n: 1 },
    weights: { passing: 0 },
    address: '0.0.0.0',
    connect: { sidecar_service: { port: 70000, proxy } },
  };
  expect(mistakes(value)).toMatchInlineSnapshot(`
    [
      "name: "we b" cannot be used here: use letters, digits, "-", "_" and ".", first a letter or digit, at most 128 in all",
      "port: expected a whole number, found "8080": remove the quotes",
      "tags: expected a list, found "x"",
      "meta.n: expected a text, found the number 1: put it in quotes",
      "meta: the key "a b" must be letters, digits, "-" and "_", at most 128",
      "weights.passing: 0 is out of range: it must be 1 to 65535",
      "address: "0.0.0.0" is no address that others can reach",
      "connect.sidecar_service.port: 70000 is out of range: it must be 0 to 65535",
      "connect.sidecar_service.proxy.upstreams[0].destination_nam: unknown key "destination_nam"; did you mean "destination_name"?",
      "connect.sidecar_service.proxy.upstreams[0].local_bnd_port: unknown key "local_bnd_port"; did you mean "local_bind_port"?",
      "connect.sidecar_service.proxy.upstreams[2].config.protocol: only "tcp" is supported today, found "http"",
      "connect.sidecar_service.proxy.upstreams[3].local_bind_address: expected an IP address such as "127.0.0.1", found "localhost"",
      "connect.sidecar_service.proxy.upstreams[4].destination_name: an upstream is one service, not "*"",
      "connect.sidecar_service.proxy.upstreams[4]: local_bind_port or local_bind_socket_path is missing: say where to listen for it",
      "connect.sidecar_service.proxy.upstreams[5].destination_type: upstreams of prepared queries are not supported: name a service",
      "connect.sidecar_service.proxy.config.envoy_bootstrap_json_tpl: envoy_bootstrap_json_tpl is not supported: it is a Go template; give Envoy what you need with envoy_extra_static_clusters_json, envoy_extra_static_listeners_json or envoy_stats_tags",
      "connect.sidecar_service.proxy.config.bind_prt: unknown key "bind_prt"; did you mean "bind_port"?",
      "connect.sidecar_service.proxy.upstreams[2]: upstream 2 already listens on 127.0.0.1:1",
      "connect.sidecar_service.proxy.upstreams[3]: upstream 2 already reaches a",
    ]
  `);
});

test.for(['rwx', '-1', '1.5', '01000', '512', '099'])('%s is no mode of a socket', (mode) => {
  const upstream = {
    destination_name: 'db',
    local_bind_socket_path: '/run/db.sock',
    local_bind_socket_mode: mode,
  };
  const sidecar = { proxy: { upstreams: [upstream] } };
  expect(mistakes({ name: 'web', connect: { sidecar_service: sidecar } })).toEqual([
    `connect.sidecar_service.proxy.upstreams[0].local_bind_socket_mode: "${mode}" is no file mode: write it like "0600"`,
  ]);
});

describe('bodies over HTTP', () => {
  test('have CamelCase keys of any case, and zero values for what is not set', () => {
    const body = {
      Name: 'web',
      id: 'web-1',
      PORT: 80,
      Tags: null,
      Locality: {},
      Check: { TTL: 10_000_000_000, Status: '', Header: null },
      Connect: {
        SidecarService: {
          Proxy: {
            MeshGateway: {},
            Expose: {},
            Mode: '',
            Config: { Some_Opaque: { Keys: 1 } },
            Upstreams: [{ DestinationType: '', DestinationName: 'db', LocalBindPort: 1 }],
          },
        },
      },
    };
    const { Config: _, ...rest } = body.Connect.SidecarService.Proxy;
    expect(mistakes(body, 'http')).toEqual([
      'Connect.SidecarService.Proxy.Config.Some_Opaque: unknown key "Some_Opaque"',
    ]);
    const clean = { ...body, Connect: { SidecarService: { Proxy: rest } } };
    expect(decode(clean, 'http')).toMatchObject({
      service: { id: 'web-1', port: 80 },
      checks: [{ checkId: 'service:web-1', probe: { kind: 'ttl', ttlMs: 10_000 } }],
      sidecar: { service: { proxy: { upstreams: [{ destinationName: 'db' }] } } },
    });
  });

  test('have an empty check where none is meant; a file that has one made a mistake', () => {
    const body = { Name: 'web', Check: {}, Connect: { SidecarService: { Check: {} } } };
    expect(decode(body, 'http')).toMatchObject({ checks: [], sidecar: { checks: [] } });
    expect(mistakes({ name: 'web', check: {} })).toHaveLength(1);
  });

  test('name an unknown key as it was written', () => {
    const decoded = decodeServiceRegistration({ Name: 'web', Bogus: 1 }, { casing: 'http' });
    expect(decoded).toEqual({
      ok: false,
      warnings: [],
      issues: [
        { path: ['Bogus'], code: 'unknown-key', key: 'Bogus', message: 'unknown key "Bogus"' },
      ],
    });
  });

  test('are objects', () => {
    expect(mistakes([1], 'http')).toEqual(['expected a block, found a list']);
    expect(mistakes([{ Name: 'web' }], 'http')).toEqual(['expected a block, found a list']);
    expect(mistakes({ Name: 'web', Check: [{ TTL: '10s' }] }, 'http')).toEqual([
      'Check: expected a block, found a list',
    ]);
    expect(mistakes(null, 'http')).toEqual(['expected a block, found null']);
  });
});

test('keys of maps are kept as they are written', () => {
  const { service } = decode({
    name: 'web',
    meta: { MyKey: 'x', __proto__x: 'y' },
    tagged_addresses: { Lan_Ipv4: { address: '10.0.0.1' } },
  });
  expect(service.meta).toEqual({ MyKey: 'x', __proto__x: 'y' });
  expect(service.taggedAddresses).toEqual({ Lan_Ipv4: { address: '10.0.0.1', port: 0 } });
});

test('one key in two spellings is refused: one of the values would be lost', () => {
  expect(mistakes({ name: 'web', Name: 'db' })).toEqual([
    'Name: "Name" and "name" are the same key: keep one',
  ]);
});

test('a block that stands twice where one is meant is refused', () => {
  expect(mistakes({ name: 'web', connect: [{ native: true }, { native: false }] })).toEqual([
    'connect: declared 2 times: merge them into one block',
  ]);
});

test('a proxy that is registered by itself says where it listens and what it fronts', () => {
  expect(mistakes({ name: 'p', kind: 'connect-proxy' })).toEqual([
    'port is missing: say where the proxy listens',
    'destination_service_name is missing: say which service it fronts',
  ]);
  const proxy = { destination_service_name: 'web', local_service_port: 80 };
  expect(decode({ name: 'p', kind: 'connect-proxy', port: 1, proxy }).service.proxy).toEqual({
    destinationServiceName: 'web',
    destinationServiceId: '',
    localServiceAddress: '127.0.0.1',
    localServicePort: 80,
    config: {},
    upstreams: [],
  });
});

test.for(['mesh-gateway', 'terminating-gateway', 'api-gateway'])(
  '%s is refused by name',
  (kind) => {
    expect(mistakes({ name: 'g', kind })).toEqual([
      `kind: ${kind} is not supported: there are no gateways yet`,
    ]);
  },
);

test('only the default namespace and partition are there', () => {
  expect(mistakes({ name: 'web', namespace: 'default', partition: '' })).toEqual([]);
  expect(mistakes({ name: 'web', namespace: 'team' })).toEqual([
    'namespace: only "default" is supported today, found "team"',
  ]);
});
