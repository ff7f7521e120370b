import { expect, test } from 'vitest';
import type { Decoded } from './decoded.ts';
import { formatIssue } from './format-issue.ts';
import { decodeProxyConfig } from './proxy-config-decoder.ts';
import { decodeUpstreamConfig } from './upstream-config-decoder.ts';

function mistakes(decoded: Decoded<unknown>): readonly string[] {
  return decoded.ok ? [] : decoded.issues.map((issue) => formatIssue(issue));
}

test('an empty proxy config has only defaults', () => {
  expect(decodeProxyConfig({})).toEqual({
    ok: true,
    value: { localConnectTimeoutMs: 5000, bootstrap: { statsTags: [] } },
  });
});

test('every key of a proxy config is read, numbers in quotes too', () => {
  const decoded = decodeProxyConfig({
    protocol: 'TCP',
    bind_address: '10.0.0.1',
    bind_port: '9999',
    local_connect_timeout_ms: '100',
    max_inbound_connections: 7,
    envoy_public_listener_json: '{}',
    envoy_local_cluster_json: '{}',
    envoy_extra_static_clusters_json: '{}',
    envoy_extra_static_listeners_json: '{}',
    envoy_stats_tags: ['a=b'],
    envoy_prometheus_bind_addr: '0.0.0.0:9102',
    envoy_statsd_url: 'udp://127.0.0.1:9125',
    envoy_dogstatsd_url: 'udp://127.0.0.1:9126',
  });
  expect(decoded).toEqual({
    ok: true,
    value: {
      bindAddress: '10.0.0.1',
      bindPort: 9999,
      localConnectTimeoutMs: 100,
      maxInboundConnections: 7,
      publicListenerJson: '{}',
      localClusterJson: '{}',
      bootstrap: {
        statsTags: ['a=b'],
        prometheusBindAddr: '0.0.0.0:9102',
        statsdUrl: 'udp://127.0.0.1:9125',
        dogstatsdUrl: 'udp://127.0.0.1:9126',
        extraStaticClustersJson: '{}',
        extraStaticListenersJson: '{}',
      },
    },
  });
});

test('every key of an upstream config is read', () => {
  const decoded = decodeUpstreamConfig({
    protocol: 'tcp',
    connect_timeout_ms: 250,
    limits: [{ max_connections: 1, max_pending_requests: '2', max_concurrent_requests: 0 }],
    passive_health_check: {
      interval: '10s',
      max_failures: 3,
      enforcing_consecutive_5xx: 50,
      max_ejection_percent: 100,
      base_ejection_time: 30_000_000_000,
    },
    envoy_listener_json: '{"a":1}',
    envoy_cluster_json: '{"b":1}',
  });
  expect(decoded).toEqual({
    ok: true,
    value: {
      connectTimeoutMs: 250,
      limits: { maxConnections: 1, maxPendingRequests: 2, maxConcurrentRequests: 0 },
      passiveHealthCheck: {
        intervalMs: 10_000,
        maxFailures: 3,
        enforcingConsecutive5xx: 50,
        maxEjectionPercent: 100,
        baseEjectionTimeMs: 30_000,
      },
      listenerJson: '{"a":1}',
      clusterJson: '{"b":1}',
    },
  });
  expect(decodeUpstreamConfig({})).toEqual({ ok: true, value: { connectTimeoutMs: 5000 } });
});

test('a key of Consul that is not supported is refused by name, with a reason', () => {
  expect(mistakes(decodeProxyConfig({ envoy_bootstrap_json_tpl: '{{}}' }))[0]).toContain(
    'envoy_bootstrap_json_tpl is not supported: it is a Go template',
  );
  expect(mistakes(decodeProxyConfig({ connect_timeout_ms: 5 }))).toEqual([
    'connect_timeout_ms: connect_timeout_ms is not supported: it belongs in the config of an upstream',
  ]);
  expect(mistakes(decodeUpstreamConfig({ mesh_gateway: { mode: 'local' } }))).toEqual([
    'mesh_gateway: mesh_gateway is not supported: there are no mesh gateways yet',
  ]);
});

test('other protocols than TCP are refused', () => {
  const message = 'protocol: only "tcp" is supported today, found "http"';
  expect(mistakes(decodeProxyConfig({ protocol: 'http' }))).toEqual([message]);
  expect(mistakes(decodeUpstreamConfig({ protocol: 'http' }))).toEqual([message]);
});

test('an unknown key is refused with the name that was meant', () => {
  expect(mistakes(decodeProxyConfig({ bind_prt: 1, zzz: 1 }))).toEqual([
    'bind_prt: unknown key "bind_prt"; did you mean "bind_port"?',
    'zzz: unknown key "zzz"',
  ]);
  const passive_health_check = { enforcing_consecutive5x: 1 };
  expect(mistakes(decodeUpstreamConfig({ passive_health_check }))).toEqual([
    'passive_health_check.enforcing_consecutive5x: unknown key "enforcing_consecutive5x"; did you mean "enforcing_consecutive_5xx"?',
  ]);
});

test('a proxy listens on an IP address, since Envoy looks up no name for that', () => {
  expect(decodeProxyConfig({ bind_address: 'localhost' })).toEqual({
    ok: false,
    issues: [
      {
        path: ['bind_address'],
        message: 'expected an IP address such as "127.0.0.1", found "localhost"',
      },
    ],
  });
});

test('values out of range are refused', () => {
  const limits = { max_connections: -1, max_pending_requests: 'many' };
  const passive_health_check = { interval: '-1s', max_ejection_percent: 101 };
  expect(
    mistakes(decodeUpstreamConfig({ connect_timeout_ms: 0, limits, passive_health_check })),
  ).toEqual([
    'connect_timeout_ms: 0 is out of range: it must be 1 to 2147483647',
    'limits.max_connections: -1 is out of range: it must be 0 to 4294967295',
    'limits.max_pending_requests: expected a whole number, found "many"',
    'passive_health_check.interval: must be more than 0',
    'passive_health_check.max_ejection_percent: 101 is out of range: it must be 0 to 100',
  ]);
});
