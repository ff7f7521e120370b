import { create } from '@bufbuild/protobuf';
import { duration } from '@chancery/envoy-api';
import {
  type Cluster,
  Cluster_DiscoveryType,
  ClusterSchema,
} from '@chancery/envoy-api/envoy/config/cluster/v3/cluster';
import { isIpAddress, type ProxyConfig } from '@chancery/model';
import type { SidecarSnapshot } from '@chancery/snapshot';
import { pipe, socketAddress } from './address.ts';
import { loadAssignment } from './load-assignment.ts';
import { localAppCluster } from './resource-names.ts';

/** The cluster of the process that the sidecar fronts. */
export function localApp(app: SidecarSnapshot['localApp'], config: ProxyConfig): Cluster {
  const { socketPath, address, port } = app;
  const endpoint = socketPath === undefined ? socketAddress(address, port) : pipe(socketPath);
  // Envoy looks a name up only where it is told to; a socket path or an address needs no lookup.
  const isName = socketPath === undefined && !isIpAddress(address);
  const type = isName ? Cluster_DiscoveryType.STRICT_DNS : Cluster_DiscoveryType.STATIC;
  return create(ClusterSchema, {
    name: localAppCluster,
    clusterDiscoveryType: { case: 'type', value: type },
    connectTimeout: duration(config.localConnectTimeoutMs),
    loadAssignment: loadAssignment(localAppCluster, [{ address: endpoint }]),
    // Without it Envoy's own limit of 1024 connections would come before a higher one of the listener.
    ...(config.maxInboundConnections
      ? { circuitBreakers: { thresholds: [{ maxConnections: config.maxInboundConnections }] } }
      : {}),
  });
}
