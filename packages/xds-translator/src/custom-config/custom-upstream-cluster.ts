import {
  type Cluster,
  type Cluster_CustomClusterType,
  Cluster_DiscoveryType,
  ClusterSchema,
} from '@chancery/envoy-api/envoy/config/cluster/v3/cluster';
import { type Credentials, type Peer, upstreamTls } from '../mutual-tls.ts';
import { decodeTyped, type Read } from './read-json.ts';

/**
 * The cluster that a user gives instead of the generated one of an upstream, with mutual TLS to exactly
 * the upstream's identity. A name is kept, and dialed by the generated listener; none becomes the usual one.
 */
export function customUpstreamCluster(
  text: string,
  peer: Peer,
  credentials: Credentials,
): Read<Cluster> {
  const read = decodeTyped(text, ClusterSchema);
  if (!read.ok) return read;
  const cluster = read.value;
  const reason = unsealable(cluster);
  if (reason !== undefined) return { ok: false, reason };
  cluster.transportSocket = upstreamTls(credentials, peer);
  cluster.name ||= peer.sni;
  nameEndpoints(cluster, peer.sni);
  return read;
}

/** Why a cluster cannot be held to mutual TLS; undefined where it can. */
export function unsealable(cluster: Cluster): string | undefined {
  if (cluster.transportSocketMatches.length > 0) {
    return '$.transport_socket_matches: an upstream is always dialed with mutual TLS, so there is nothing to choose from';
  }
  const { case: kind, value } = cluster.clusterDiscoveryType;
  if (kind !== 'clusterType' || !handsOn(value)) return undefined;
  return '$.cluster_type: this one hands connections on to other clusters, which are dialed with what they have of their own';
}

/** Types whose members are dialed in the way of the members. What is wrapped in a TypedStruct could be any of them. */
function handsOn({ name, typedConfig }: Cluster_CustomClusterType): boolean {
  const type = typedConfig?.typeUrl ?? '';
  return [name, type].some((text) => /\b(?:aggregate|composite)\b|\.TypedStruct$/.test(text));
}

/**
 * The endpoints are served under the name of their cluster. Under the usual name Envoy may have them already,
 * for the cluster that this one takes the place of: it would not ask for them again, and wait.
 */
function nameEndpoints(
  { clusterDiscoveryType: type, edsClusterConfig }: Cluster,
  usualName: string,
): void {
  const isEds = type.case === 'type' && type.value === Cluster_DiscoveryType.EDS;
  const isServed = edsClusterConfig?.edsConfig?.configSourceSpecifier.case === 'ads';
  if (!isEds || !isServed) return;
  if (edsClusterConfig.serviceName === usualName) edsClusterConfig.serviceName = '';
}
