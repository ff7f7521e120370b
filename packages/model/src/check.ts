import type { JsonObject } from './proxy.ts';

/** The verdict of a check, worst last. */
export type CheckStatus = 'passing' | 'warning' | 'critical';

/** A health check as declared, with its defaults filled in; times in milliseconds. */
export interface CheckDefinition {
  readonly checkId: string;
  readonly name: string;
  readonly notes: string;
  readonly initialStatus: CheckStatus;
  readonly probe: CheckProbe;
  /** Absent: each result is the verdict. */
  readonly thresholds?: CheckThresholds;
  /** How much is kept of what a run prints; absent: as much as the agent keeps of any check. */
  readonly outputMaxBytes?: number;
  /** A service whose check has been critical for so long is deregistered; absent: it never is. */
  readonly deregisterAfterMs?: number;
}

/** How many results in a row it takes to change the verdict of a check that is run. */
export interface CheckThresholds {
  readonly successBeforePassing: number;
  readonly failuresBeforeWarning: number;
  readonly failuresBeforeCritical: number;
}

/** When a check is run. */
export interface CheckTiming {
  readonly intervalMs: number;
  /** Absent: as long as is usual for its kind. */
  readonly timeoutMs?: number;
}

/** How a check speaks TLS. */
export interface CheckTls {
  /** Whom the certificate must name; absent: the host that is dialled. */
  readonly serverName?: string;
  /** Takes any certificate. */
  readonly skipVerify: boolean;
}

/** An HTTP request and the status codes it is answered with: 2xx passes, 429 warns. */
export interface HttpProbe extends CheckTiming {
  readonly kind: 'http';
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, readonly string[]>>;
  readonly body: string;
  /** A redirect is then the answer. */
  readonly disableRedirects?: true;
  /** Where the URL says `https` and the certificate is not judged as usual. */
  readonly tls?: CheckTls;
}

/** A connection that can be made. With `tls`, the handshake too. */
export interface TcpProbe extends CheckTiming {
  readonly kind: 'tcp';
  readonly address: string;
  readonly tls?: CheckTls;
}

/** An empty datagram that is answered. */
export interface UdpProbe extends CheckTiming {
  readonly kind: 'udp';
  readonly address: string;
}

/** The health service of a gRPC server (`grpc.health.v1`). With `tls`, over TLS. */
export interface GrpcProbe extends CheckTiming {
  readonly kind: 'grpc';
  readonly address: string;
  /** Empty: the server as a whole. */
  readonly service: string;
  readonly tls?: CheckTls;
}

/** An HTTP/2 PING that is answered. Without `tls`, in the clear. */
export interface H2PingProbe extends CheckTiming {
  readonly kind: 'h2ping';
  readonly address: string;
  readonly tls?: CheckTls;
}

/** A program: exit code 0 passes, 1 warns. */
export interface ScriptProbe extends CheckTiming {
  readonly kind: 'script';
  readonly program: string;
  readonly args: readonly string[];
}

/** A check that somebody else runs and reports over the catalog API, as it describes it. */
export interface ReportedProbe {
  readonly kind: 'reported';
  readonly type?: string;
  readonly interval?: string;
  readonly timeout?: string;
  readonly exposedPort?: number;
  readonly definition?: JsonObject;
}

/** How a check finds its verdict. */
export type CheckProbe =
  /** A heartbeat: the verdict is told to the agent, and turns critical when it stays away. */
  | { readonly kind: 'ttl'; readonly ttlMs: number }
  | HttpProbe
  | TcpProbe
  | UdpProbe
  | GrpcProbe
  | H2PingProbe
  | ScriptProbe
  /** The worst of the checks of an instance, or with an empty service ID of a node. */
  | { readonly kind: 'alias'; readonly serviceId: string; readonly node?: string }
  /** Taken out of service by hand: critical for as long as it is there. */
  | { readonly kind: 'maintenance' }
  | ReportedProbe;

/** A check that an agent carries out by itself, on an interval. */
export type RunProbe = Extract<CheckProbe, CheckTiming>;
