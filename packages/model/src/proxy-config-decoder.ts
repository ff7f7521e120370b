import { blockOf, defined, field, unsupported } from './block.ts';
import type { Decoded } from './decoded.ts';
import { ipAddress } from './ip-address.ts';
import { type Decoder, filledText, listOf, port, text, wholeNumber } from './primitives.ts';
import type { ProxyConfig } from './proxy-config.ts';
import { decoded, rootScope } from './scope.ts';
import { onlyTcp } from './transport.ts';
import { inConfig } from './upstream-config-decoder.ts';

const milliseconds = wholeNumber(1, 2 ** 31 - 1);

const proxyConfigFields = {
  protocol: field(onlyTcp),
  bindAddress: field(ipAddress),
  bindPort: field(port),
  localConnectTimeoutMs: field(milliseconds),
  maxInboundConnections: field(wholeNumber(0, 2 ** 32 - 1)),
  envoyPublicListenerJson: field(filledText),
  envoyLocalClusterJson: field(filledText),
  envoyExtraStaticClustersJson: field(filledText),
  envoyExtraStaticListenersJson: field(filledText),
  envoyStatsTags: field(listOf(text)),
  envoyPrometheusBindAddr: field(filledText),
  envoyStatsdUrl: field(filledText),
  envoyDogstatsdUrl: field(filledText),
  ...unsupported(
    'it is a Go template; give Envoy what you need with envoy_extra_static_clusters_json, envoy_extra_static_listeners_json or envoy_stats_tags',
    'envoyBootstrapJsonTpl',
  ),
  ...unsupported('proxies speak only TCP today', 'localRequestTimeoutMs', 'localIdleTimeoutMs'),
  ...unsupported('proxies are not traced yet', 'envoyTracingJson', 'envoyListenerTracingJson'),
  ...unsupported(
    'use envoy_prometheus_bind_addr, or envoy_extra_static_listeners_json',
    'envoyStatsBindAddr',
  ),
  ...unsupported(
    'use envoy_statsd_url, envoy_dogstatsd_url or envoy_stats_tags',
    'envoyExtraStatsSinksJson',
    'envoyStatsConfigJson',
    'envoyStatsFlushInterval',
    'envoyTelemetryCollectorBindSocketDir',
  ),
  ...unsupported(
    'connections are not balanced between worker threads',
    'balanceInboundConnections',
  ),
  ...unsupported('Envoy waits for its first configuration without a limit', 'xdsFetchTimeoutMs'),
  ...unsupported(
    'there are no gateways yet',
    'envoyGatewayBindTaggedAddresses',
    'envoyGatewayBindAddresses',
    'envoyGatewayNoDefaultBind',
    'envoyMeshGatewayBindTaggedAddresses',
    'envoyMeshGatewayBindAddresses',
    'envoyMeshGatewayNoDefaultBind',
    'envoyDnsDiscoveryType',
    'envoyGatewayRemoteTcpEnableKeepalive',
    'envoyGatewayRemoteTcpKeepaliveTime',
    'envoyGatewayRemoteTcpKeepaliveInterval',
    'envoyGatewayRemoteTcpKeepaliveProbes',
  ),
  ...unsupported('it belongs in the config of an upstream', 'connectTimeoutMs', 'limits'),
  ...unsupported('it belongs in the config of an upstream', 'passiveHealthCheck'),
  ...unsupported('it belongs in the config of an upstream', 'envoyListenerJson'),
  ...unsupported('it belongs in the config of an upstream', 'envoyClusterJson'),
};

const readBlock = blockOf(proxyConfigFields);
const defaultLocalConnectTimeoutMs = 5000;

/** Reads `proxy.config`: every key that is not known is refused, by name and with a reason where Consul has it. */
export function decodeProxyConfig(config: unknown): Decoded<ProxyConfig> {
  const scope = rootScope('file');
  return decoded(scope, readProxyConfig(config, scope));
}

/** As `decodeProxyConfig`, reporting at a place of a larger document. */
export const readProxyConfig: Decoder<ProxyConfig> = (config, scope) => {
  const values = readBlock(config, inConfig(scope))?.values;
  if (values === undefined) return undefined;
  return {
    localConnectTimeoutMs: values.localConnectTimeoutMs ?? defaultLocalConnectTimeoutMs,
    bootstrap: {
      statsTags: values.envoyStatsTags ?? [],
      ...defined({
        prometheusBindAddr: values.envoyPrometheusBindAddr,
        statsdUrl: values.envoyStatsdUrl,
        dogstatsdUrl: values.envoyDogstatsdUrl,
        extraStaticClustersJson: values.envoyExtraStaticClustersJson,
        extraStaticListenersJson: values.envoyExtraStaticListenersJson,
      }),
    },
    ...defined({
      bindAddress: values.bindAddress || undefined,
      bindPort: values.bindPort,
      maxInboundConnections: values.maxInboundConnections,
      publicListenerJson: values.envoyPublicListenerJson,
      localClusterJson: values.envoyLocalClusterJson,
    }),
  };
};
