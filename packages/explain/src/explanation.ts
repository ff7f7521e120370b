import type { ConsideredRule, Verdict } from '@chancery/intentions';

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
  readonly instance: string;
  readonly node: string;
  /** `10.0.0.5:21000`. */
  readonly address: string;
  readonly health: 'passing' | 'warning' | 'critical';
  /** Whether Envoy is told to use it. */
  readonly used: boolean;
}

/** How one sidecar of the source reaches the destination. */
export interface ExplainedUpstream {
  readonly proxy: string;
  /** Where the source connects to: `127.0.0.1:9191`. */
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
  /** The clause for the source, as protobuf's JSON; none where no clause matches it. */
  readonly clause: object | undefined;
  /** What the clause does, or the lack of one. */
  readonly effect: string;
  readonly standing: ResourceStanding;
}

/** A connection followed from listener to rule. */
export interface ExplainedConnection {
  readonly question: ConnectionQuestion;
  readonly allowed: boolean;
  /** One sentence: what decides. */
  readonly summary: string;
  readonly revision: number;
  readonly verdict: Verdict;
  readonly upstreams: readonly ExplainedUpstream[];
  /** Every rule of the destination, in the order in which they are tried. */
  readonly considered: readonly ConsideredRule[];
  readonly defaultAction: 'allow' | 'deny';
  readonly enforcing: readonly EnforcingProxy[];
  /** What stands in the way whatever is allowed, a sentence each. */
  readonly obstacles: readonly string[];
}
