import { expect, test } from 'vitest';
import { refusedPath } from './refused-path.ts';

const endpoint = (address: string) => ({
  load_assignment: {
    endpoints: [{ lb_endpoints: [{ endpoint: { address: { socket_address: { address } } } }] }],
  },
});
const socketAddress =
  'load_assignment.endpoints[0].lb_endpoints[0].endpoint.address.socket_address';
const tcpProxy = {
  name: 'tcp',
  typed_config: {
    '@type': 'type.googleapis.com/envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy',
    cluster: 'x',
  },
};
const listener = (...filters: object[]) => ({ name: 'in', filter_chains: [{ filters }] });

// All of it said by a real Envoy 1.40 to resources like these.
test.for<[string, object, string | undefined]>([
  [
    'goo.gle/debugstr \nname: "hc"\n: Proto constraint validation failed (ClusterValidationError.HealthChecks[0]: embedded message failed validation | caused by field: "health_checker", reason: is required)',
    { name: 'hc', health_checks: [{ timeout: '1s' }] },
    'health_checks[0].health_checker',
  ],
  [
    'goo.gle/debugstr \nname: "ring2"\n: Proto constraint validation failed (ClusterValidationError.RingHashLbConfig: embedded message failed validation | caused by RingHashLbConfigValidationError.MinimumRingSize: value must be less than or equal to 8388608)',
    { name: 'ring2' },
    'ring_hash_lb_config.minimum_ring_size',
  ],
  [
    'Error adding/updating listener(s) in: goo.gle/debugstr \ncluster: "x"\n: Proto constraint validation failed (TcpProxyValidationError.StatPrefix: value length must be at least 1 characters)\n',
    listener({ name: 'rbac' }, tcpProxy),
    'filter_chains[0].filters[1].typed_config.stat_prefix',
  ],
  [
    'Error adding/updating listener(s) in: goo.gle/debugstr \ncluster: "x"\n: Proto constraint validation failed (TcpProxyValidationError.StatPrefix: value length must be at least 1 characters)\n',
    listener(tcpProxy, tcpProxy),
    undefined,
  ],
  [
    "Error adding/updating cluster(s) some: malformed IP address: some.host. Consider setting resolver_name or setting cluster type to 'STRICT_DNS' or 'LOGICAL_DNS'",
    { name: 'some', ...endpoint('some.host') },
    `${socketAddress}.address`,
  ],
  [
    'Error adding/updating cluster(s) eds-none: cannot create an EDS cluster without an EDS config',
    { name: 'eds-none', type: 'EDS' },
    'eds_cluster_config',
  ],
  [
    'Error adding/updating cluster(s) ring: ring hash: minimum_ring_size (5000) > maximum_ring_size (10)',
    { name: 'ring', ring_hash_lb_config: { minimum_ring_size: '5000', maximum_ring_size: '10' } },
    'ring_hash_lb_config.minimum_ring_size',
  ],
  [
    "Error adding/updating listener(s) in: Didn't find a registered implementation for 'no.such.filter' with type URL: ''\n",
    listener({ name: 'no.such.filter' }),
    'filter_chains[0].filters[0].name',
  ],
  [
    "Error adding/updating listener(s) in: error adding listener '127.0.0.1:29002': no filter chains specified\n",
    { name: 'in' },
    'filter_chains',
  ],
  [
    "Error adding/updating listener(s) in: route: unknown cluster 'nope'\n",
    listener({ route: { cluster: 'nope' } }),
    'filter_chains[0].filters[0].route.cluster',
  ],
  [
    "Error adding/updating listener(s) in: cannot bind '203.0.113.7:29009': Cannot assign requested address\n",
    listener(),
    'address',
  ],
  [
    'Invalid duration: Expected positive duration: goo.gle/debugstr    \nseconds: -5\n',
    { name: 'neg', connect_timeout: '-5s' },
    'connect_timeout',
  ],
  [
    'Error adding/updating cluster(s) tls: Failed to load certificate chain from <inline>',
    { name: 'tls', type: 'STATIC' },
    undefined,
  ],
])('%s', ([reason, resource, path]) => {
  expect(refusedPath(reason, resource)).toBe(path);
});
