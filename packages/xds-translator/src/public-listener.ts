import { create } from '@bufbuild/protobuf';
import { TrafficDirection } from '@chancery/envoy-api/envoy/config/core/v3/base';
import {
  type Listener,
  ListenerSchema,
} from '@chancery/envoy-api/envoy/config/listener/v3/listener';
import {
  type FilterChain,
  FilterChainSchema,
} from '@chancery/envoy-api/envoy/config/listener/v3/listener_components';
import type { AccessLogs, ProxyConfig } from '@chancery/model';
import type { SidecarSnapshot } from '@chancery/snapshot';
import { connectionLogs, listenerLogs } from './access-logs.ts';
import { socketAddress } from './address.ts';
import { type Credentials, downstreamTls } from './mutual-tls.ts';
import { connectionLimit, intentions, tcpProxy } from './network-filters.ts';
import { publicListenerName } from './resource-names.ts';

/** Where other sidecars reach the local app. */
export function publicListener(
  { address, port }: SidecarSnapshot['publicListener'],
  config: ProxyConfig,
  cluster: string,
  credentials: Credentials,
  accessLogs?: AccessLogs,
): Listener {
  const limit = config.maxInboundConnections ? [connectionLimit(config.maxInboundConnections)] : [];
  const chain = create(FilterChainSchema, {
    filters: [
      ...limit,
      tcpProxy('public_listener', cluster, connectionLogs(accessLogs, 'inbound')),
    ],
  });
  guard(chain, credentials);
  return create(ListenerSchema, {
    name: publicListenerName(address, port),
    address: socketAddress(address, port),
    trafficDirection: TrafficDirection.INBOUND,
    filterChains: [chain],
    accessLog: listenerLogs(accessLogs, 'inbound'),
  });
}

/** Makes a filter chain one of the mesh: mutual TLS whatever it had, and the intentions before all its filters. */
export function guard(chain: FilterChain, credentials: Credentials): void {
  chain.transportSocket = downstreamTls(credentials);
  chain.filters.unshift(intentions());
}
