import { formatIssue, type JsonObject, type ServiceRegistration } from '@chancery/model';
import { describe, expect, test } from 'vitest';
import { checkCustomConfig } from './check-custom-config.ts';

const listener = '"@type": "type.googleapis.com/envoy.config.listener.v3.Listener"';
const cluster = '"@type": "type.googleapis.com/envoy.config.cluster.v3.Cluster"';
const tcpProxy =
  '"@type": "type.googleapis.com/envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy"';

function sidecar(config: JsonObject, upstreamConfig: JsonObject = {}): ServiceRegistration {
  const proxy = {
    destinationServiceName: 'web',
    destinationServiceId: 'web',
    localServiceAddress: '127.0.0.1',
    localServicePort: 8080,
    config,
    upstreams: [
      {
        destinationType: 'service',
        destinationName: 'db',
        localBindAddress: '127.0.0.1',
        localBindPort: 9191,
        config: upstreamConfig,
      },
    ],
  } as const;
  const service = {
    id: 'web-sidecar-proxy',
    name: 'web-sidecar-proxy',
    kind: 'connect-proxy',
    tags: [],
    address: '',
    port: 21000,
    meta: {},
    taggedAddresses: {},
    weights: { passing: 1, warning: 1 },
    enableTagOverride: false,
    connectNative: false,
    proxy,
  } as const;
  return { service, checks: [] };
}

const lines = (registration: ServiceRegistration) =>
  checkCustomConfig(registration).map((issue) => formatIssue(issue));
const publicListener = (json: string) => lines(sidecar({ envoy_public_listener_json: json }));
const at = 'proxy.config.envoy_public_listener_json: ';

test('what is right is accepted, whatever extension of Envoy it uses', () => {
  const filter = `{ "name": "tcp", "typed_config": { ${tcpProxy}, "stat_prefix": "own", "cluster": "local_app" } }`;
  const json = `{ ${listener}, "address": { "socket_address": { "address": "::", "port_value": 1 } }, "filterChains": [{ "filters": [
    { "name": "limit", "typed_config": { "@type": "type.googleapis.com/envoy.extensions.filters.network.local_ratelimit.v3.LocalRateLimit", "stat_prefix": "own", "token_bucket": { "max_tokens": 5, "fill_interval": "1s" } } },
    ${filter} ] }] }`;
  const registration = sidecar(
    {
      envoy_public_listener_json: json,
      envoy_local_cluster_json: `{ ${cluster}, "connect_timeout": "1s" }`,
      envoy_extra_static_clusters_json: '{ "name": "a" }, { "name": "b", "connectTimeout": "5s" }',
      envoy_extra_static_listeners_json: '[{ "name": "c" }]',
    },
    {
      envoy_listener_json: `{ ${listener}, "filter_chains": [{ "filters": [${filter}] }] }`,
      envoy_cluster_json: `{ ${cluster}, "metadata": { "filter_metadata": { "own": { "deep": [1, null] } } } }`,
    },
  );
  expect(lines(registration)).toEqual([]);
});

describe('a mistake is told with the way to it', () => {
  const inFilter = (filter: string) =>
    `{ ${listener}, "filter_chains": [{ "filters": [${filter}] }] }`;

  test.for([
    ['{', "not JSON: Expected property name or '}' in JSON at position 1 (line 1 column 2)"],
    ['[]', 'expected one JSON object'],
    [
      '{ "name": "own" }',
      '$["@type"] is missing: give type.googleapis.com/envoy.config.listener.v3.Listener',
    ],
    [
      `{ ${cluster} }`,
      '$["@type"]: expected type.googleapis.com/envoy.config.listener.v3.Listener, found "type.googleapis.com/envoy.config.cluster.v3.Cluster"',
    ],
    [
      `{ ${listener}, "filter_chain": [] }`,
      '$.filter_chain: envoy.config.listener.v3.Listener has no such field; did you mean "filter_chains"?',
    ],
    [`{ ${listener}, "filter_chains": {} }`, '$.filter_chains: expected Array, got object'],
    [
      `{ ${listener}, "filter_chains": [3] }`,
      '$.filter_chains[0]: expected an object, found the number 3',
    ],
    [
      `{ ${listener}, "traffic_direction": "SIDEWAYS" }`,
      '$.traffic_direction: expected one of UNSPECIFIED, INBOUND, OUTBOUND, found "SIDEWAYS"',
    ],
    [inFilter(`{ "name": "" }`), '$.filter_chains[0].filters[0].name: must not be empty'],
    [
      inFilter(`{ "name": "tcp", "typed_config": { "cluster": "a" } }`),
      '$.filter_chains[0].filters[0].typed_config: says no "@type"',
    ],
    [
      inFilter(
        `{ "name": "tcp", "typed_config": { "@type": "type.googleapis.com/envoy.Nothing" } }`,
      ),
      '$.filter_chains[0].filters[0].typed_config["@type"]: no type of Envoy\'s v3 API is named envoy.Nothing',
    ],
    [
      inFilter(
        `{ "name": "tcp", "typed_config": { ${tcpProxy}, "stat_prefix": 5, "cluster": "a" } }`,
      ),
      '$.filter_chains[0].filters[0].typed_config.stat_prefix: expected string, got 5',
    ],
    [
      inFilter(`{ "name": "tcp", "typed_config": { ${tcpProxy}, "cluster": "a" } }`),
      '$.filter_chains[0].filters[0].typed_config.stat_prefix: must not be empty',
    ],
    [
      inFilter(`{ "name": "tcp", "typed_config": { ${tcpProxy}, "stat_prefix": "a" } }`),
      '$.filter_chains[0].filters[0].typed_config: one of these is required: cluster, weighted_clusters',
    ],
    [
      inFilter(
        `{ "name": "own", "config_discovery": { "config_source": { "ads": {} }, "type_urls": ["a"] } }`,
      ),
      '$.filter_chains[0].filters[0].config_discovery: no extension config of that name is served: give a typed_config',
    ],
    [
      `{ ${listener}, "name": "own" }`,
      '$.filter_chains: a public listener needs at least one, into which mutual TLS is put',
    ],
    [
      `{ ${listener}, "address": ${'{"a":'.repeat(200)}1${'}'.repeat(200)} }`,
      'nested more than 100 levels deep',
    ],
    [
      `{ ${listener}, "address": { "pipe": { "path": "/a" }, "socket_address": { "address": "::", "port_value": 1 } } }`,
      '$.address: only one of these may be given: socket_address, pipe',
    ],
  ])('%s', ([json = '', message = '']) => {
    expect(publicListener(json)).toContain(at + message);
  });

  test('every one of them at once', () => {
    const json = `{ ${listener}, "nmae": "", "filter_chains": [{ "filter": 1 }], "freebind": "yes" }`;
    expect(publicListener(json)).toHaveLength(3);
  });

  test.for([
    ['"connect_timeout": "0s"', '$.connect_timeout: must be greater than 0'],
    ['"connect_timeout": "fast"', '$.connect_timeout: expected Duration, found "fast"'],
    ['"ring_hash_lb_config": { "minimum_ring_size": 0 }', undefined],
    ['"load_assignment": {}', '$.load_assignment.cluster_name: must not be empty'],
    [
      '"outlier_detection": { "interval": "0s" }',
      '$.outlier_detection.interval: must be greater than 0',
    ],
    [
      '"circuit_breakers": { "thresholds": [{ "retry_budget": { "budget_percent": { "value": 101 } } }] }',
      undefined,
    ],
  ] as const)('of a cluster: %s', ([field, message]) => {
    const json = `{ ${cluster}, ${field} }`;
    const [line] = lines(sidecar({}, { envoy_cluster_json: json }));
    const expected = message && `proxy.upstreams[0].config.envoy_cluster_json: ${message}`;
    if (expected === undefined) expect(line).toBeUndefined();
    else expect(line).toContain(expected);
  });
});

test('a cluster of an upstream may not bring a choice of transport sockets', () => {
  const json = `{ ${cluster}, "transport_socket_matches": [{ "name": "plain" }] }`;
  expect(lines(sidecar({}, { envoy_cluster_json: json }))).toEqual([
    'proxy.upstreams[0].config.envoy_cluster_json: $.transport_socket_matches: an upstream is always dialed with mutual TLS, so there is nothing to choose from',
  ]);
});

test.for([
  ['clusters', 'local_app'],
  ['clusters', 'db.default.dc1.internal.11111111-2222-3333-4444-555555555555.consul'],
  ['listeners', 'public_listener:0.0.0.0:21000'],
])(
  'what goes into the bootstrap does not take the place of what the stream brings: %s %s',
  ([kind, name]) => {
    const key = `envoy_extra_static_${kind}_json`;
    expect(lines(sidecar({ [key]: JSON.stringify({ name }) }))).toEqual([
      `proxy.config.${key}: $[0].name: "${name}" is a name that the mesh gives: choose another`,
    ]);
  },
);

test('what goes into the bootstrap is a list of messages without a type', () => {
  const registration = sidecar({
    envoy_extra_static_clusters_json: `{ "name": "a" }, { ${cluster}, "name": "b" }`,
    envoy_extra_static_listeners_json: '{ "nmae": "c" }',
  });
  expect(lines(registration)).toEqual([
    'proxy.config.envoy_extra_static_clusters_json: $[1]["@type"]: leave it out here, where the type is known',
    'proxy.config.envoy_extra_static_listeners_json: $[0].nmae: envoy.config.listener.v3.Listener has no such field; did you mean "name"?',
  ]);
});

test('a sidecar that a service asks for is checked at its place', () => {
  const { service } = sidecar({ envoy_local_cluster_json: '{}' });
  const { proxy: _, ...web } = service;
  const registration = {
    service: { ...web, kind: 'typical' },
    checks: [],
    sidecar: { service, checks: [] },
  } as const;
  expect(lines(registration)).toEqual([
    'connect.sidecar_service.proxy.config.envoy_local_cluster_json: $["@type"] is missing: give type.googleapis.com/envoy.config.cluster.v3.Cluster',
  ]);
});

test('keys that the model reads are left to it, and hide no mistake beside them', () => {
  const config = { local_connect_timeout_ms: 'soon', envoy_local_cluster_json: '[]' };
  expect(lines(sidecar(config))).toEqual([
    'proxy.config.envoy_local_cluster_json: expected one JSON object',
  ]);
});
