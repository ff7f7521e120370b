import {
  type Cluster,
  Cluster_CommonLbConfigSchema,
  Cluster_DiscoveryType,
  Cluster_EdsClusterConfigSchema,
  Cluster_LbPolicy,
  ClusterSchema,
} from '@chancery/envoy-api/envoy/config/cluster/v3/cluster';
import type { ClusterResource } from '../plan/resources.ts';
import { readMaxConnections } from './read-circuit-breakers.ts';
import { requireAds } from './read-config-source.ts';
import { readDuration } from './read-duration.ts';
import { readEndpoints } from './read-endpoints.ts';
import { readUpstreamTls } from './read-tls.ts';
import { below, type Reading, refuse, understood } from './reading.ts';
import { decode } from './typed-config.ts';

/** Envoy's own, from its documentation of clusters. */
const DEFAULT_CONNECT_MS = 5000;

const fields: readonly string[] = [
  ...['name', 'type', 'edsClusterConfig', 'loadAssignment', 'transportSocket'],
  ...['connectTimeout', 'circuitBreakers', 'lbPolicy', 'commonLbConfig'],
  // For the statistics of Envoy.
  'altStatName',
  // Without effect here: no endpoint is put aside for a while because it fails.
  'outlierDetection',
];

/** Reads a cluster that is reached over TCP or a Unix socket, plain or with mutual TLS. */
export function readCluster(at: Reading, bytes: Uint8Array): ClusterResource | undefined {
  const cluster = decode(at, ClusterSchema, bytes);
  if (cluster === undefined) return undefined;
  understood(at, ClusterSchema, cluster, fields);
  checkHealthyOnly(below(at, 'common_lb_config'), cluster);
  const { name, transportSocket: socket } = cluster;
  const connectTimeoutMs = readTimeout(below(at, 'connect_timeout'), cluster);
  const maxConnections = readMaxConnections(below(at, 'circuit_breakers'), cluster.circuitBreakers);
  const policy = readPolicy(below(at, 'lb_policy'), cluster.lbPolicy);
  const endpoints = readDiscovery(at, cluster);
  const tls = socket && readUpstreamTls(below(at, 'transport_socket'), socket);
  if (endpoints === undefined || policy === undefined) return undefined;
  if (connectTimeoutMs === undefined || (socket !== undefined && tls === undefined))
    return undefined;
  const cast = { name, endpoints, policy, connectTimeoutMs, maxConnections };
  return { kind: 'cluster', ...cast, ...(tls !== undefined && { tls }) };
}

function readTimeout(at: Reading, { connectTimeout }: Cluster): number | undefined {
  const ms = readDuration(at, connectTimeout, DEFAULT_CONNECT_MS);
  return ms === 0 ? refuse(at, 'must not be 0') : ms;
}

/** Who is not healthy gets no connection here, ever: Envoy's panic mode is not there to be turned off. */
function checkHealthyOnly(at: Reading, { commonLbConfig }: Cluster): void {
  if (commonLbConfig === undefined) return;
  understood(at, Cluster_CommonLbConfigSchema, commonLbConfig, ['healthyPanicThreshold']);
}

function readPolicy(at: Reading, policy: Cluster_LbPolicy): ClusterResource['policy'] | undefined {
  if (policy === Cluster_LbPolicy.ROUND_ROBIN) return 'round-robin';
  return policy === Cluster_LbPolicy.RANDOM
    ? 'random'
    : refuse(at, 'must be ROUND_ROBIN or RANDOM');
}

function readDiscovery(at: Reading, cluster: Cluster): ClusterResource['endpoints'] | undefined {
  const { clusterDiscoveryType: type, edsClusterConfig: eds, loadAssignment } = cluster;
  const kind = type.case === 'type' ? type.value : undefined;
  if (kind === Cluster_DiscoveryType.EDS) return readEds(below(at, 'eds_cluster_config'), cluster);
  if (eds !== undefined) refuse(below(at, 'eds_cluster_config'), 'belongs to the type EDS');
  const inside = below(at, 'load_assignment');
  const assigned = loadAssignment ?? undefined;
  if (kind === Cluster_DiscoveryType.STATIC) {
    return assigned === undefined ? [] : readEndpoints(inside, assigned, 'ip');
  }
  if (kind === Cluster_DiscoveryType.STRICT_DNS) {
    return assigned === undefined ? [] : readEndpoints(inside, assigned, 'ip-or-name');
  }
  return refuse(below(at, 'type'), 'must be STATIC, STRICT_DNS or EDS');
}

function readEds(at: Reading, cluster: Cluster): ClusterResource['endpoints'] | undefined {
  const { edsClusterConfig: eds, name } = cluster;
  if (eds === undefined) return refuse(at, 'is missing');
  understood(at, Cluster_EdsClusterConfigSchema, eds, ['edsConfig', 'serviceName']);
  requireAds(below(at, 'eds_config'), eds.edsConfig);
  return { name: eds.serviceName || name };
}
