import type { JsonObject } from '@chancery/model';
import type { BootstrapAgent } from './bootstrap-options.ts';
import { envoyAddress, type SocketAddress } from './socket-address.ts';

/** The static cluster through which the proxy reaches its agent: gRPC, so HTTP/2. */
export function localAgentCluster(agent: BootstrapAgent): JsonObject {
  return staticCluster('local_agent', '1s', agent.address, { http2_protocol_options: {} });
}

/** A cluster of one fixed address that speaks one HTTP version. */
export function staticCluster(
  name: string,
  connectTimeout: string,
  address: SocketAddress,
  explicitHttpConfig: JsonObject,
): JsonObject {
  const protocolOptions = 'envoy.extensions.upstreams.http.v3.HttpProtocolOptions';
  return {
    name,
    ignore_health_on_host_removal: false,
    connect_timeout: connectTimeout,
    type: 'STATIC',
    typed_extension_protocol_options: {
      [protocolOptions]: {
        '@type': `type.googleapis.com/${protocolOptions}`,
        explicit_http_config: explicitHttpConfig,
      },
    },
    load_assignment: {
      cluster_name: name,
      endpoints: [{ lb_endpoints: [{ endpoint: { address: envoyAddress(address) } }] }],
    },
  };
}
