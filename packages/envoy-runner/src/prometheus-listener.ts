import type { Decoded, JsonObject } from '@chancery/model';
import type { BootstrapOptions } from './bootstrap-options.ts';
import { staticCluster } from './local-agent.ts';
import { envoyAddress, parseIpPort } from './socket-address.ts';

/** The listener that `envoy_prometheus_bind_addr` asks for, or undefined when nothing does. */
export function prometheus(options: BootstrapOptions): Decoded<readonly JsonObject[] | undefined> {
  const text = options.config.prometheusBindAddr;
  if (text === undefined) return { ok: true, value: undefined };
  const address = parseIpPort(text, ['proxy', 'config', 'envoy_prometheus_bind_addr']);
  if (!address.ok) return address;
  const listener = {
    name: 'envoy_prometheus_metrics_listener',
    address: envoyAddress(address.value),
    filter_chains: [{ filters: [connectionManager(options)] }],
  };
  return { ok: true, value: [listener] };
}

/** The cluster behind that listener: the admin interface itself, or the port that merges metrics. */
export function selfAdminCluster(options: BootstrapOptions): JsonObject {
  const port = options.stats?.prometheusBackendPort;
  const address =
    port === undefined
      ? options.admin.address
      : ({ kind: 'ip', address: '127.0.0.1', port } as const);
  return staticCluster(backendName(options), '5s', address, { http_protocol_options: {} });
}

function backendName(options: BootstrapOptions): string {
  return options.stats?.prometheusBackendPort === undefined ? 'self_admin' : 'prometheus_backend';
}

/** Only the one path is let through: the rest of the admin interface can stop the proxy. */
function connectionManager(options: BootstrapOptions): JsonObject {
  const toMetrics = {
    match: { path: options.stats?.prometheusScrapePath ?? '/metrics' },
    route: { cluster: backendName(options), prefix_rewrite: '/stats/prometheus' },
  };
  const virtualHost = {
    name: 'self_admin',
    domains: ['*'],
    routes: [toMetrics, { match: { prefix: '/' }, direct_response: { status: 404 } }],
  };
  return {
    name: 'envoy.filters.network.http_connection_manager',
    typed_config: {
      '@type':
        'type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager',
      stat_prefix: 'envoy_prometheus_metrics',
      codec_type: 'HTTP1',
      route_config: { name: 'self_admin_route', virtual_hosts: [virtualHost] },
      http_filters: [
        {
          name: 'envoy.filters.http.router',
          typed_config: {
            '@type': 'type.googleapis.com/envoy.extensions.filters.http.router.v3.Router',
          },
        },
      ],
    },
  };
}
