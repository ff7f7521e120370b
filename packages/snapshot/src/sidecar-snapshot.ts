import type { Endpoint } from '@chancery/catalog';
import type { ServiceRef, Target } from '@chancery/identity';
import type { Rules } from '@chancery/intentions';
import type { AccessLogs, ProxyConfig, Upstream, UpstreamConfig } from '@chancery/model';

/** The endpoints of one target. One object for every proxy that dials it. */
export interface TargetEndpoints {
  readonly target: Target;
  readonly endpoints: readonly Endpoint[];
}

/** One upstream of a sidecar. The same object while neither its declaration nor its endpoints changed. */
export interface UpstreamSnapshot {
  readonly upstream: Upstream;
  readonly config: UpstreamConfig;
  readonly endpoints: TargetEndpoints;
}

/** Everything one sidecar needs but its secrets, which it names. Immutable, made of parts shared between proxies. */
export interface SidecarSnapshot {
  readonly kind: 'sidecar';
  /** The instance ID of the sidecar: Envoy's `node.id`. */
  readonly proxyId: string;
  readonly service: ServiceRef;
  readonly datacenter: string;
  readonly trustDomain: string;
  readonly publicListener: { readonly address: string; readonly port: number };
  readonly localApp: {
    readonly address: string;
    readonly port: number;
    readonly socketPath?: string;
  };
  readonly config: ProxyConfig;
  readonly rules: Rules;
  /** How connections are logged; none are where this is missing. */
  readonly accessLogs?: AccessLogs;
  readonly upstreams: readonly UpstreamSnapshot[];
}

/** Everything one proxy needs. Gateways will be further kinds. */
export type ProxySnapshot = SidecarSnapshot;
