import { typeUrls } from '@chancery/envoy-api';
import {
  type Cluster,
  Cluster_DiscoveryType,
  ClusterSchema,
} from '@chancery/envoy-api/envoy/config/cluster/v3/cluster';
import {
  type Listener,
  ListenerSchema,
} from '@chancery/envoy-api/envoy/config/listener/v3/listener';
import type { AccessLogs } from '@chancery/model';
import type { UpstreamSnapshot } from '@chancery/snapshot';
import { customUpstreamCluster } from './custom-config/custom-upstream-cluster.ts';
import { decodeTyped } from './custom-config/read-json.ts';
import { listeningPlaces } from './listening-place.ts';
import type { Credentials, Peer } from './mutual-tls.ts';
import { asCustomised, asDeclared, type Built, type Encode, type Part } from './part.ts';
import { unreachableCluster, upstreamCluster } from './upstream-cluster.ts';
import { upstreamListener } from './upstream-listener.ts';

/** What one upstream becomes, but for its endpoints. */
export interface Outbound extends Part {
  /** The name under which Envoy will ask for the endpoints of the target; none where a custom cluster brings its own. */
  readonly endpointsName?: string;
}

/** How the local app reaches one upstream: a listener on its side, and the cluster of the target. */
export function outbound(
  snapshot: UpstreamSnapshot,
  listenerName: string,
  peer: Peer,
  credentials: Credentials,
  accessLogs: AccessLogs | undefined,
  encode: Encode,
): Outbound {
  const cluster = builtCluster(snapshot, peer, credentials);
  const listener = builtListener(snapshot, listenerName, cluster.message.name, accessLogs);
  const diagnostics = [...cluster.diagnostics, ...listener.diagnostics];
  // Nothing dials a cluster whose listener could not be built.
  if (listener.message === undefined) return { resources: [], diagnostics };
  const { message } = cluster;
  return {
    resources: [
      encode(typeUrls.cluster, message.name, ClusterSchema, message),
      encode(typeUrls.listener, listener.message.name, ListenerSchema, listener.message),
    ],
    diagnostics,
    peer: peer.spiffeId,
    listensAt: listeningPlaces(listener.message),
    ...(asksForEndpoints(message) && { endpointsName: message.name }),
  };
}

function builtCluster(
  { config }: UpstreamSnapshot,
  peer: Peer,
  credentials: Credentials,
): Built<Cluster> {
  if (config.clusterJson === undefined) {
    return asDeclared(upstreamCluster(peer, config, credentials));
  }
  const custom = customUpstreamCluster(config.clusterJson, peer, credentials);
  return asCustomised(custom, peer.sni, unreachableCluster(peer.sni), 'the upstream is cut off');
}

function builtListener(
  { upstream, config, endpoints }: UpstreamSnapshot,
  name: string,
  cluster: string,
  accessLogs: AccessLogs | undefined,
): Built<Listener | undefined> {
  if (config.listenerJson === undefined) {
    return asDeclared(upstreamListener(name, upstream, endpoints.target, cluster, accessLogs));
  }
  const custom = decodeTyped(config.listenerJson, ListenerSchema);
  if (custom.ok) custom.value.name ||= name;
  return asCustomised(custom, name, undefined, 'the upstream has no listener');
}

function asksForEndpoints({
  clusterDiscoveryType: type,
  edsClusterConfig: eds,
  name,
}: Cluster): boolean {
  if (type.case !== 'type' || type.value !== Cluster_DiscoveryType.EDS) return false;
  const overAds = eds?.edsConfig?.configSourceSpecifier.case === 'ads';
  return overAds && (eds.serviceName || name) === name;
}
