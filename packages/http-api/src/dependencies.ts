import type { PortRange } from '@chancery/catalog';
import type { DefaultPolicy, Issue, QueryWaits, Right, ServiceRegistration } from '@chancery/model';
import type { Principal, Query, RowRevisions, Store } from '@chancery/store';
import type { LocalChecks } from './agent/local-checks.ts';
import type { CertificateAuthority } from './certificate-authority.ts';
import type { AnsweredRequest, ApiMetrics, Monitor } from './telemetry.ts';

/** A root certificate as it may be shown: without its key. Times in milliseconds since 1970. */
export interface PublicRoot {
  readonly id: string;
  readonly name: string;
  readonly serialNumber: number;
  readonly signingKeyId: string;
  readonly certificatePem: string;
  readonly notBefore: number;
  readonly notAfter: number;
  readonly active: boolean;
  readonly revisions: RowRevisions;
}

/** Every root that may have signed a certificate in use. */
export interface PublicRoots {
  readonly trustDomain: string;
  readonly roots: readonly PublicRoot[];
}

/** A service's certificate with its key, for who may have it. Times in milliseconds since 1970. */
export interface IssuedLeaf {
  readonly serialNumber: string;
  readonly certificatePem: string;
  readonly privateKeyPem: string;
  readonly spiffeId: string;
  readonly validAfter: number;
  readonly validBefore: number;
  /** Grows with each renewal; at least 1. */
  readonly index: number;
}

/** The agent that answers. */
export interface LocalNode {
  readonly name: string;
  readonly id: string;
  readonly address: string;
}

/** Which proxies have taken a revision. */
export interface AppliedRevision {
  /** Proxies with a stream that it concerns. */
  readonly affected: number;
  /** Of these, the ones that have acknowledged it. */
  readonly acknowledged: number;
  readonly tookMs: number;
  readonly lagging: readonly { readonly id: string; readonly detail: string }[];
  /** Proxies without a stream that it concerns. */
  readonly notConnected: readonly string[];
}

/** A line for the log, with what it is about. */
export type Log = (
  level: 'debug' | 'info' | 'warn' | 'error',
  message: string,
  about?: object,
) => void;

/** Everything the API is made of. */
export interface HttpApiDependencies {
  readonly store: Store;
  /**
   * Who a token belongs to; requests without one are asked about as well. The author is who the caller claims to be,
   * as it came: the bytes of a header, one a character.
   */
  readonly principal: (
    token: string | undefined,
    author: string | undefined,
  ) => Principal | Promise<Principal>;
  /** Whether a principal may do what a route needs; not asked for what anyone may do. */
  readonly authorise: (principal: Principal, right: Right) => boolean;
  readonly datacenter: string;
  readonly node: LocalNode;
  readonly version: string;
  /** Development mode: every answer is indented. */
  readonly dev: boolean;
  readonly defaultPolicy: DefaultPolicy;
  readonly sidecarPorts: PortRange;
  /** The ports that are served; -1 is off. */
  readonly ports: () => { readonly http: number; readonly grpc: number };
  /** What the xDS side has done and holds, for people who watch it. */
  readonly xdsFigures: () => Readonly<Record<string, number>>;
  /** Names beside IP addresses, `localhost` and the node's name under which this agent may be asked. */
  readonly hostNames: readonly string[];
  /** When the agent was started, in milliseconds since 1970. */
  readonly startedAt: number;
  /** Settings that tools look up in `DebugConfig`, beyond those that follow from what is here. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly metrics: ApiMetrics;
  readonly monitor: Monitor;
  /** Told of each request when it is over. */
  readonly onAnswer: (request: AnsweredRequest) => void;
  /** Resolves when the proxies that a revision concerns have acknowledged it, when the time is over or the signal aborts. */
  readonly applied?: (
    revision: number,
    timeoutMs: number,
    signal: AbortSignal,
  ) => Promise<AppliedRevision>;
  readonly authority: CertificateAuthority;
  readonly roots: Query<'', PublicRoots>;
  /** The certificate of a service; with `after`, waits for one with a larger index until the signal aborts. */
  readonly leaf: (
    service: string,
    wait: { readonly after: number; readonly signal: AbortSignal },
  ) => Promise<IssuedLeaf>;
  /** Mistakes in the parts of a registration that only the translator understands. */
  readonly checkCustomConfig: (
    registration: ServiceRegistration,
  ) => readonly Issue[] | Promise<readonly Issue[]>;
  readonly checks: LocalChecks;
  /** Reads the configuration files again; warns of what has no effect, or says why it failed. */
  readonly reload: () => Promise<
    | { readonly ok: true; readonly warnings?: readonly string[] }
    | { readonly ok: false; readonly message: string }
  >;
  /** Begins to stop the agent, after the answer has gone out. */
  readonly leave: () => void;
  readonly newId: () => string;
  readonly now: () => number;
  readonly log: Log;
  /** How long a query waits; as in Consul 5 minutes, and 10 at most, unless it is given. */
  readonly queryWaits?: QueryWaits;
  /** Bounds a request body; 1 MiB unless it is given. */
  readonly maxBodyBytes?: number;
}
