import { describe, expect, test } from 'vitest';
import { compiledCase } from '../testing/compiled-case.ts';
import { inboundChains } from '../testing/inbound-chains.ts';
import { readableOf } from '../testing/readable.ts';

const listenerType = 'type.googleapis.com/envoy.config.listener.v3.Listener';
const clusterType = 'type.googleapis.com/envoy.config.cluster.v3.Cluster';
const chains = [{ filters: [{ name: 'envoy.filters.network.echo' }] }];
const address = (protocol: string) => ({
  socket_address: { protocol, address: '127.0.0.1', port_value: 8443 },
});

function withPublicListener(listener: object) {
  const json = JSON.stringify({ '@type': listenerType, ...listener });
  return compiledCase({
    service: 'web',
    config: { envoy_public_listener_json: json },
    upstreams: [{ destinationName: 'db', localBindPort: 9191 }],
  });
}

function withUpstreamCluster(cluster: object) {
  const json = JSON.stringify({ '@type': clusterType, ...cluster });
  return compiledCase({
    service: 'web',
    upstreams: [
      { destinationName: 'db', localBindPort: 9191, config: { envoy_cluster_json: json } },
    ],
  });
}

describe('a public listener that mutual TLS cannot be put into', () => {
  test.for([
    ['has no filter chain', { address: address('TCP') }],
    ['takes datagrams', { address: address('UDP'), filter_chains: chains }],
    [
      'takes datagrams at a second address',
      {
        address: address('TCP'),
        additional_addresses: [{ address: address('UDP') }],
        filter_chains: chains,
      },
    ],
    ['is made for datagrams', { udp_listener_config: {}, filter_chains: chains }],
    ['is one of an API', { api_listener: {}, filter_chains: chains }],
  ] as const)('is not served where it %s', ([, listener]) => {
    const compiled = withPublicListener(listener);
    expect(inboundChains(compiled, ['db'])).toEqual([]);
    expect(compiled.diagnostics).toMatchObject([{ code: 'custom-config-refused' }]);
    expect(readableOf(compiled, 'Listener')).toMatchObject([{ name: 'db:127.0.0.1:9191' }]);
  });
});

test('a public listener without a name gets the usual one', () => {
  const compiled = withPublicListener({ address: address('TCP'), filter_chains: chains });
  expect(readableOf(compiled, 'Listener')).toMatchObject([
    { name: 'db:127.0.0.1:9191' },
    { name: 'public_listener:0.0.0.0:21000' },
  ]);
});

test('a cluster may not choose between transport sockets: the upstream is cut off', () => {
  const compiled = withUpstreamCluster({
    name: 'own_db',
    transport_socket_matches: [{ name: 'plain', match: {} }],
  });
  const [db] = readableOf(compiled, 'Cluster');
  expect(db).toMatchObject({ type: 'STATIC', name: expect.stringMatching(/^db\.default\.dc1/) });
  expect(db).not.toHaveProperty('load_assignment');
  expect(compiled.diagnostics).toMatchObject([{ code: 'custom-config-refused' }]);
});

test.for([
  {
    name: 'envoy.clusters.aggregate',
    typed_config: {
      '@type': 'type.googleapis.com/envoy.extensions.clusters.aggregate.v3.ClusterConfig',
      clusters: ['plain'],
    },
  },
  { name: 'envoy.clusters.composite' },
  {
    name: 'own',
    typed_config: {
      '@type': 'type.googleapis.com/xds.type.v3.TypedStruct',
      type_url: 'type.googleapis.com/envoy.extensions.clusters.aggregate.v3.ClusterConfig',
      value: { clusters: ['plain'] },
    },
  },
])(
  'a cluster may not hand its connections on to another that has no mutual TLS',
  (cluster_type) => {
    const compiled = withUpstreamCluster({ name: 'own_db', cluster_type });
    expect(readableOf(compiled, 'Cluster').map(({ name }) => name)).not.toContain('own_db');
    expect(compiled.diagnostics).toMatchObject([{ code: 'custom-config-refused' }]);
  },
);

test('a cluster of a type that dials by itself is held to mutual TLS', () => {
  const cluster_type = {
    name: 'envoy.clusters.dynamic_forward_proxy',
    typed_config: {
      '@type':
        'type.googleapis.com/envoy.extensions.clusters.dynamic_forward_proxy.v3.ClusterConfig',
      dns_cache_config: { name: 'own' },
    },
  };
  const compiled = withUpstreamCluster({
    name: 'own_db',
    cluster_type,
    lb_policy: 'CLUSTER_PROVIDED',
  });
  const own = readableOf(compiled, 'Cluster').find(({ name }) => name === 'own_db');
  expect(own).toHaveProperty('transport_socket.name', 'envoy.transport_sockets.tls');
});

test('an upstream whose cluster could not have its name is not led to the cluster of another', () => {
  const json = (timeout: string) =>
    JSON.stringify({ '@type': clusterType, name: 'own', connect_timeout: timeout });
  const compiled = compiledCase({
    service: 'web',
    upstreams: [
      { destinationName: 'db', localBindPort: 1, config: { envoy_cluster_json: json('1s') } },
      { destinationName: 'pay', localBindPort: 2, config: { envoy_cluster_json: json('2s') } },
      { destinationName: 'log', localBindPort: 3 },
    ],
  });
  const listeners = readableOf(compiled, 'Listener').map(({ name }) => name);
  expect(listeners).toEqual(['db:127.0.0.1:1', 'log:127.0.0.1:3', 'public_listener:0.0.0.0:21000']);
  expect(compiled.diagnostics).toMatchObject([{ code: 'name-taken', resource: 'own' }]);
});

describe('an upstream takes no connections where the mesh reaches the proxy', () => {
  const listenerAt = (ip: string, port: number) =>
    JSON.stringify({
      '@type': listenerType,
      name: 'aaa',
      address: { pipe: { path: '/own' } },
      additional_addresses: [{ address: { socket_address: { address: ip, port_value: port } } }],
      filter_chains: chains,
    });
  const listenersWith = (publicAddress: string, upstream: object) => {
    const compiled = compiledCase({
      service: 'web',
      publicListener: { address: publicAddress, port: 21000 },
      upstreams: [{ destinationName: 'db', localBindPort: 9191, ...upstream }],
    });
    const names = readableOf(compiled, 'Listener').map(({ name }) => name);
    return { names, codes: compiled.diagnostics.map(({ code }) => code) };
  };

  test.for([
    ['0.0.0.0', { config: { envoy_listener_json: listenerAt('127.0.0.1', 21000) } }],
    ['10.0.0.1', { config: { envoy_listener_json: listenerAt('10.0.0.1', 21000) } }],
    ['10.0.0.1', { config: { envoy_listener_json: listenerAt('::', 21000) } }],
    ['0.0.0.0', { localBindPort: 21000 }],
  ] as const)('%s: %j', ([publicAddress, upstream]) => {
    expect(listenersWith(publicAddress, upstream)).toEqual({
      names: [`public_listener:${publicAddress}:21000`],
      codes: ['place-taken'],
    });
  });

  test.for([
    ['10.0.0.1', { localBindPort: 21000 }, 'db:127.0.0.1:21000'],
    ['0.0.0.0', { config: { envoy_listener_json: listenerAt('127.0.0.1', 21001) } }, 'aaa'],
  ] as const)('but it may beside it, as %s and %j are', ([publicAddress, upstream, name]) => {
    expect(listenersWith(publicAddress, upstream)).toEqual({
      names: [name, `public_listener:${publicAddress}:21000`],
      codes: [],
    });
  });
});

test('two ways to one destination share its cluster', () => {
  const compiled = compiledCase({
    service: 'web',
    upstreams: [
      { destinationName: 'db', localBindPort: 1 },
      {
        destinationName: 'db',
        datacenter: 'dc1',
        localBindPort: 2,
        config: { connect_timeout_ms: 1 },
      },
    ],
  });
  const listeners = readableOf(compiled, 'Listener').map(({ name }) => name);
  expect(listeners).toEqual(['db:127.0.0.1:1', 'db:127.0.0.1:2', 'public_listener:0.0.0.0:21000']);
});

test('a transport socket of an own cluster gives way to mutual TLS', () => {
  const compiled = withUpstreamCluster({
    name: 'own_db',
    transport_socket: { name: 'envoy.transport_sockets.raw_buffer' },
  });
  const own = readableOf(compiled, 'Cluster').find(({ name }) => name === 'own_db');
  expect(own).toHaveProperty('transport_socket.name', 'envoy.transport_sockets.tls');
});

test('a service name and a source of endpoints that are given are kept', () => {
  const eds = { service_name: 'elsewhere', eds_config: { ads: {} } };
  const file = { eds_config: { path_config_source: { path: '/etc/endpoints.yaml' } } };
  for (const config of [eds, file]) {
    const compiled = withUpstreamCluster({
      name: 'own_db',
      type: 'EDS',
      eds_cluster_config: config,
    });
    const own = readableOf(compiled, 'Cluster').find(({ name }) => name === 'own_db');
    expect(own).toMatchObject({ eds_cluster_config: config });
    expect(readableOf(compiled, 'ClusterLoadAssignment')).toEqual([]);
  }
});

test.for(['', 'db.default.dc1.internal.11111111-2222-3333-4444-555555555555.consul'])(
  'an own cluster has its endpoints under its own name (service_name "%s")',
  (service_name) => {
    const compiled = withUpstreamCluster({
      name: 'own_db',
      type: 'EDS',
      eds_cluster_config: { service_name, eds_config: { ads: {} } },
    });
    const own = readableOf(compiled, 'Cluster').find(({ name }) => name === 'own_db');
    expect(own).not.toHaveProperty('eds_cluster_config.service_name');
    const assignments = readableOf(compiled, 'ClusterLoadAssignment');
    expect(assignments).toMatchObject([{ cluster_name: 'own_db' }]);
  },
);

test('two resources under one name: the first is served, the second told', () => {
  const compiled = withUpstreamCluster({ name: 'local_app', type: 'STATIC' });
  expect(readableOf(compiled, 'Cluster')).toMatchObject([
    { name: 'local_app', load_assignment: { cluster_name: 'local_app' } },
  ]);
  expect(compiled.diagnostics).toMatchObject([{ code: 'name-taken', resource: 'local_app' }]);
  expect(readableOf(compiled, 'Listener')).toMatchObject([
    { name: 'public_listener:0.0.0.0:21000' },
  ]);
});
