import type { Route } from './grpc/http2-shell.ts';
import type { Ledger } from './ledger/ledger.ts';
import type { Manifest } from './resource.ts';
import type { XdsAddress } from './xds-address.ts';

/** A rejection that was not known yet. */
export interface Nack {
  readonly proxyId: string;
  readonly typeUrl: string;
  /** Names of the rejected resources; empty if the client did not say, and each is tried alone. */
  readonly resources: readonly string[];
  /** The client's own words. */
  readonly reason: string;
  readonly revision: number;
}

/** What may be changed about an xDS server. Times are milliseconds. */
export interface XdsServerOptions {
  /** The clock of the ledger. */
  readonly now?: () => number;
  /** Told once of each rejection, however often it is repeated; meant for one line in a log. */
  readonly onNack?: (nack: Nack) => void;
  /** Other paths on the same port; returns false for those it does not serve. */
  readonly routes?: Route;
  readonly limits?: Partial<XdsServerLimits>;
}

/** Bounds on what peers can make the server wait for or remember. Times are milliseconds. */
export interface XdsServerLimits {
  /** A request larger than this ends its stream (4 MiB). */
  readonly maxMessageBytes: number;
  /** A client that does not take what was sent to it for this long is cut off (30,000). */
  readonly stallMs: number;
  /** A stream for which nothing is published ends after this long (10,000). */
  readonly registrationMs: number;
  /** How often a peer is asked whether it is alive; it has as long to answer (30,000). */
  readonly keepaliveMs: number;
  /** How long streams have to end on shutdown (1,000). */
  readonly graceMs: number;
}

/** Numbers that tell what the server has done and holds. */
export interface XdsServerCounters {
  /** How often a resource was encoded, whatever the number of streams that got it. */
  readonly encodings: number;
  /** Responses written so far. */
  readonly responses: number;
  /** Responses that clients accepted. */
  readonly acks: number;
  /** Responses that clients rejected. */
  readonly nacks: number;
  /** Open streams. */
  readonly streams: number;
  /** Open connections. */
  readonly connections: number;
  /** Proxies that are published, or waited for by a stream. */
  readonly proxies: number;
}

/** Serves manifests to Envoys over ADS, delta and state of the world. */
export interface XdsServer extends AsyncDisposable {
  readonly ledger: Pick<
    Ledger,
    | 'snapshot'
    | 'proxy'
    | 'type'
    | 'resource'
    | 'streams'
    | 'isAsked'
    | 'taken'
    | 'states'
    | 'oldestPending'
    | 'onChange'
  >;
  readonly counters: XdsServerCounters;
  /** Replaces what a proxy is to have; only what differs is sent. The proxy is the `node.id` of its Envoy. */
  publish(proxyId: string, manifest: Manifest): void;
  /** Closes the streams of a proxy that is no longer registered, and forgets it. */
  withdraw(proxyId: string): void;
  /** Calls back when a stream of a published proxy opens or closes; returns what ends that. */
  onStream(callback: StreamCallback): () => void;
  /**
   * Calls back when the first stream of a proxy says who it is, published or not, and when its last one
   * has ended: what nobody asks for need not be published. Returns what ends that.
   */
  onDemand(callback: DemandCallback): () => void;
  /**
   * Listens without TLS, and at one more address each time it is called; port 0 takes any, and a socket in
   * the file system has port 0. Rejects if the address cannot be had.
   */
  listen(address: XdsAddress): Promise<{ port: number }>;
}

/** Told of the streams of published proxies. */
export type StreamCallback = (proxyId: string, change: 'opened' | 'closed') => void;

/** Told of the proxies that have streams. */
export type DemandCallback = (proxyId: string, demand: 'wanted' | 'unwanted') => void;

/** Used where no limit is given. */
export const defaultLimits: XdsServerLimits = {
  maxMessageBytes: 4 * 1024 * 1024,
  stallMs: 30_000,
  registrationMs: 10_000,
  keepaliveMs: 30_000,
  graceMs: 1000,
};
