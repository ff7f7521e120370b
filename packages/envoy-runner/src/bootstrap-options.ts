import type { AccessLogs, BootstrapConfig } from '@chancery/model';
import type { PrometheusTls } from './prometheus-tls.ts';
import type { SocketAddress } from './socket-address.ts';

/** Who the proxy is. */
export interface BootstrapNode {
  /** The ID of the proxy instance; the agent knows the proxy by it. */
  readonly proxyId: string;
  /** The service that the proxy fronts. */
  readonly service: string;
  readonly datacenter: string;
  /** Only when the proxy is registered with another node than the agent's. */
  readonly nodeName?: string;
}

/** Where the proxy's configuration comes from. */
export interface BootstrapAgent {
  /** The agent's xDS address. */
  readonly address: SocketAddress;
  /** Empty: the agent is asked without one. */
  readonly token: string;
  /** Incremental by default; state of the world is for proxies that know nothing else. */
  readonly protocol?: 'delta' | 'state-of-the-world';
  /** Whether it wants to be told of connections: one that does not refuses the call, and Envoy complains of that all the time. */
  readonly takesLoadReports?: boolean;
}

/** Everything the bootstrap is made of. */
export interface BootstrapOptions {
  readonly node: BootstrapNode;
  readonly admin: {
    readonly address: SocketAddress;
    readonly accessLogPath?: string;
    /** How the mesh logs: without a path of its own the admin interface does so, too. */
    readonly accessLogs?: AccessLogs;
  };
  readonly agent: BootstrapAgent;
  /** What `proxy.config` says of the bootstrap. */
  readonly config: BootstrapConfig;
  /** What `$NAME` and `${HOST_IP}` in sink addresses stand for. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly stats?: {
    readonly omitDeprecatedTags?: boolean;
    /** `/metrics` unless it is given. */
    readonly prometheusScrapePath?: string;
    /** A local port that merges metrics of app and proxy; Envoy's own are served otherwise. */
    readonly prometheusBackendPort?: number;
    /** Has them served over TLS. */
    readonly prometheusTls?: PrometheusTls;
  };
  /** Where `/ready` is answered, for orchestrators; nowhere unless it is given. */
  readonly ready?: SocketAddress;
}
