/** What the keys of `proxy.config` mean once decoded. Escape hatches stay JSON text here; the translator knows Envoy's types. */
export interface ProxyConfig {
  readonly bindAddress?: string;
  readonly bindPort?: number;
  readonly localConnectTimeoutMs: number;
  readonly maxInboundConnections?: number;
  readonly publicListenerJson?: string;
  readonly localClusterJson?: string;
  readonly bootstrap: BootstrapConfig;
}

/** The keys of `proxy.config` that shape the bootstrap. */
export interface BootstrapConfig {
  readonly statsTags: readonly string[];
  readonly prometheusBindAddr?: string;
  readonly statsdUrl?: string;
  readonly dogstatsdUrl?: string;
  readonly extraStaticClustersJson?: string;
  readonly extraStaticListenersJson?: string;
}

/** What the keys of an upstream's `config` mean once decoded. */
export interface UpstreamConfig {
  readonly connectTimeoutMs: number;
  readonly limits?: UpstreamLimits;
  readonly passiveHealthCheck?: PassiveHealthCheck;
  readonly listenerJson?: string;
  readonly clusterJson?: string;
}

/** Circuit breakers of an upstream; an absent one keeps Envoy's default. */
export interface UpstreamLimits {
  readonly maxConnections?: number;
  readonly maxPendingRequests?: number;
  readonly maxConcurrentRequests?: number;
}

/** Outlier detection of an upstream. */
export interface PassiveHealthCheck {
  readonly intervalMs?: number;
  readonly maxFailures?: number;
  readonly enforcingConsecutive5xx?: number;
  readonly maxEjectionPercent?: number;
  readonly baseEjectionTimeMs?: number;
}
