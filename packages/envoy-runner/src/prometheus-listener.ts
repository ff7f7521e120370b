import type { Decoded, JsonObject } from '@chancery/model';
import type { BootstrapOptions } from './bootstrap-options.ts';
import { onePathFilter } from './one-path.ts';
import { prometheusTransportSocket } from './prometheus-tls.ts';
import { envoyAddress, parseIpPort } from './socket-address.ts';

/** The listener that `envoy_prometheus_bind_addr` asks for, or undefined when nothing does. */
export function prometheus(options: BootstrapOptions): Decoded<JsonObject | undefined> {
  const text = options.config.prometheusBindAddr;
  if (text === undefined) return { ok: true, value: undefined };
  const address = parseIpPort(text, ['proxy', 'config', 'envoy_prometheus_bind_addr']);
  if (!address.ok) return address;
  const { stats } = options;
  const filter = onePathFilter({
    statPrefix: 'envoy_prometheus_metrics',
    path: stats?.prometheusScrapePath ?? '/metrics',
    cluster: stats?.prometheusBackendPort === undefined ? 'self_admin' : 'prometheus_backend',
    rewrite: '/stats/prometheus',
  });
  const chain = { filters: [filter], ...prometheusTransportSocket(stats?.prometheusTls) };
  const listener = {
    name: 'envoy_prometheus_metrics_listener',
    address: envoyAddress(address.value),
    filter_chains: [chain],
  };
  return { ok: true, value: listener };
}
