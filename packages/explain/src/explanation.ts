import type { ConsideredRule, RequestVerdict, Verdict } from '@chancery/intentions';

/** What is asked: a connection between two services or, with a method, path or headers, a request on one. */
export interface ConnectionQuestion {
  readonly source: string;
  readonly destination: string;
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** How a proxy stands to a resource that it should have. */
export interface ResourceStanding {
  readonly state: 'synced' | 'pending' | 'rejected' | 'not-subscribed';
  /** Whether it has a stream. */
  readonly connected: boolean;
  /** In a sentence: since when it is pending, or why it was refused. */
  readonly detail: string;
}

/** An endpoint of the destination, used or not. */
export interface ExplainedEndpoint {
  /** The ID of the sidecar or native instance; empty for an address that is in no catalog. */
  readonly instance: string;
  readonly node: string;
  /** `10.0.0.5:21000`. */
  readonly address: string;
  readonly health: 'passing' | 'warning' | 'critical' | 'unknown';
  /** Whether Envoy is told to use it. */
  readonly used: boolean;
  /** Why it is not used, or what is to be known of it; empty where all is well. */
  readonly note: string;
}

/** How one sidecar of the source reaches the destination. */
export interface ExplainedUpstream {
  readonly proxy: string;
  /** Where the source connects to: `127.0.0.1:9191`, or the path of a socket. */
  readonly listener: string;
  readonly listenerName: string;
  readonly cluster: string;
  readonly endpoints: readonly ExplainedEndpoint[];
  readonly sni: string;
  /** The SPIFFE ID that the destination has to show. */
  readonly expectedSan: string;
}

/** What one sidecar of the destination enforces for the source. */
export interface EnforcingProxy {
  readonly proxy: string;
  /** The name of the filter's configuration. */
  readonly filter: string;
  /** The part of the filter's rules that the source meets, as protobuf's JSON; none where no policy matches it. */
  readonly clause: object | undefined;
  /** What the clause does, or the lack of one. */
  readonly effect: string;
  /** Whether the source is let through; unknown of a proxy that another agent configures. */
  readonly allowed: boolean | undefined;
  /** What the access log of the proxy names as the reason: `web => db (deny)`. */
  readonly logged: string;
  readonly standing: ResourceStanding;
}

/** A connection followed from listener to rule. */
export interface ExplainedConnection {
  readonly question: ConnectionQuestion;
  /** Whether the connection is allowed as things are: proxies do not tell requests apart yet. */
  readonly allowed: boolean;
  /** One sentence: what decides. */
  readonly summary: string;
  readonly revision: number;
  readonly verdict: Verdict;
  /** What the intentions say of the request, where one was asked about. */
  readonly request?: RequestVerdict;
  readonly upstreams: readonly ExplainedUpstream[];
  /** Sidecars of the source beyond those that were looked at. */
  readonly moreSidecars: number;
  /** Every rule of the destination, in the order in which they are tried. */
  readonly considered: readonly ConsideredRule[];
  readonly defaultAction: 'allow' | 'deny';
  readonly enforcing: readonly EnforcingProxy[];
  /** What stands in the way whatever is allowed, a sentence each. */
  readonly obstacles: readonly string[];
}
