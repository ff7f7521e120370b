import type { JsonObject } from '@chancery/model';
import type { BootstrapOptions } from './bootstrap-options.ts';
import { staticCluster } from './local-agent.ts';
import type { SocketAddress } from './socket-address.ts';

/** The clusters behind the listeners for metrics and readiness: the admin interface, and the port that merges metrics. */
export function adminClusters(options: BootstrapOptions): readonly JsonObject[] {
  const { admin, config, ready, stats } = options;
  const measures = config.prometheusBindAddr !== undefined;
  const port = measures ? stats?.prometheusBackendPort : undefined;
  const needsAdmin = ready !== undefined || (measures && port === undefined);
  return [
    ...(port === undefined
      ? []
      : [overHttp('prometheus_backend', { kind: 'ip', address: '127.0.0.1', port })]),
    ...(needsAdmin ? [overHttp('self_admin', admin.address)] : []),
  ];
}

function overHttp(name: string, address: SocketAddress): JsonObject {
  return staticCluster(name, '5s', address, { http_protocol_options: {} });
}
