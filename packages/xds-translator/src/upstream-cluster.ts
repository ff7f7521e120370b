import { create } from '@bufbuild/protobuf';
import { duration } from '@chancery/envoy-api';
import {
  type CircuitBreakers,
  CircuitBreakersSchema,
} from '@chancery/envoy-api/envoy/config/cluster/v3/circuit_breaker';
import {
  type Cluster,
  Cluster_DiscoveryType,
  ClusterSchema,
} from '@chancery/envoy-api/envoy/config/cluster/v3/cluster';
import {
  type OutlierDetection,
  OutlierDetectionSchema,
} from '@chancery/envoy-api/envoy/config/cluster/v3/outlier_detection';
import type { PassiveHealthCheck, UpstreamConfig, UpstreamLimits } from '@chancery/model';
import { type Credentials, type Peer, upstreamTls } from './mutual-tls.ts';
import { overAds } from './over-ads.ts';

/** The cluster a sidecar dials to reach one target. Its endpoints arrive over EDS, under the same name. */
export function upstreamCluster(
  peer: Peer,
  config: UpstreamConfig,
  credentials: Credentials,
): Cluster {
  return create(ClusterSchema, {
    name: peer.sni,
    clusterDiscoveryType: { case: 'type', value: Cluster_DiscoveryType.EDS },
    edsClusterConfig: { edsConfig: overAds() },
    connectTimeout: duration(config.connectTimeoutMs),
    // Envoy's panic mode would send traffic to endpoints that are known to be down.
    commonLbConfig: { healthyPanicThreshold: { value: 0 } },
    outlierDetection: outlierDetection(config.passiveHealthCheck),
    transportSocket: upstreamTls(credentials, peer),
    ...(config.limits && { circuitBreakers: circuitBreakers(config.limits) }),
  });
}

/** A cluster that reaches nobody: it stands in for one that cannot be built, so that connections end at once. */
export function unreachableCluster(name: string): Cluster {
  return create(ClusterSchema, {
    name,
    clusterDiscoveryType: { case: 'type', value: Cluster_DiscoveryType.STATIC },
    connectTimeout: duration(1000),
  });
}

/** Present even without settings: ejecting what keeps failing is then on, with Envoy's defaults. */
function outlierDetection(check: PassiveHealthCheck = {}): OutlierDetection {
  const { intervalMs, baseEjectionTimeMs, maxFailures } = check;
  return create(OutlierDetectionSchema, {
    ...(intervalMs && { interval: duration(intervalMs) }),
    ...(maxFailures && { consecutive5xx: maxFailures }),
    ...(baseEjectionTimeMs && { baseEjectionTime: duration(baseEjectionTimeMs) }),
    ...present('enforcingConsecutive5xx', check.enforcingConsecutive5xx),
    ...present('maxEjectionPercent', check.maxEjectionPercent),
  });
}

function circuitBreakers(limits: UpstreamLimits): CircuitBreakers {
  const threshold = {
    ...present('maxConnections', limits.maxConnections),
    ...present('maxPendingRequests', limits.maxPendingRequests),
    ...present('maxRequests', limits.maxConcurrentRequests),
  };
  return create(CircuitBreakersSchema, { thresholds: [threshold] });
}

/** Zero is a setting, absence is not. */
function present<K extends string>(key: K, value: number | undefined): { [P in K]?: number } {
  return value === undefined ? {} : ({ [key]: value } as { [P in K]?: number });
}
