import type { AccessRules } from '../rules/access-rules.ts';

/** Where to listen or to connect to. */
export type Place =
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number }
  /** `mode` is that of the socket when it is created. */
  | { readonly kind: 'unix'; readonly path: string; readonly mode?: number };

/** A version of TLS. */
export type TlsVersion = 'TLSv1.2' | 'TLSv1.3';

/** Mutual TLS, its certificates by name. */
export interface TlsNames {
  readonly leaf: string;
  readonly roots: string;
  readonly minVersion: TlsVersion;
  readonly maxVersion: TlsVersion;
  /** Exact URI names, one of which the peer must show; empty where any peer of the roots will do. */
  readonly identities: readonly string[];
}

/** What a new connection has to pass, in this order. */
export type FilterResource =
  | { readonly kind: 'rules'; readonly rules: AccessRules }
  | { readonly kind: 'rules-by-name'; readonly name: string }
  | { readonly kind: 'connection-limit'; readonly maxConnections: number };

/** A listener as it was served: what it names arrives by itself. */
export interface ListenerResource {
  readonly kind: 'listener';
  readonly name: string;
  readonly place: Place;
  readonly tls?: TlsNames;
  readonly filters: readonly FilterResource[];
  readonly cluster: string;
  /** 0 for none. */
  readonly idleTimeoutMs: number;
}

/** One of several places, with its share of the connections. */
export interface Endpoint {
  readonly place: Place;
  readonly weight: number;
}

/** A cluster as it was served. */
export interface ClusterResource {
  readonly kind: 'cluster';
  readonly name: string;
  /** Its endpoints, or under which name they arrive. */
  readonly endpoints: readonly Endpoint[] | { readonly name: string };
  readonly tls?: TlsNames & { readonly sni: string };
  readonly policy: 'round-robin' | 'random';
  readonly connectTimeoutMs: number;
  readonly maxConnections: number;
}

/** The healthy endpoints of a cluster. */
export interface AssignmentResource {
  readonly kind: 'assignment';
  readonly name: string;
  readonly endpoints: readonly Endpoint[];
}

/** A certificate with its key. The key is behind a function, so that it is not printed by accident. */
export interface LeafResource {
  readonly kind: 'leaf';
  readonly name: string;
  readonly certificateChain: string;
  readonly revealPrivateKey: () => string;
}

/** The authorities that peers are checked against, as PEM. */
export interface RootsResource {
  readonly kind: 'roots';
  readonly name: string;
  readonly certificates: string;
}

/** Access rules that listeners name. */
export interface RulesResource {
  readonly kind: 'rules';
  readonly name: string;
  readonly rules: AccessRules;
}

/** Anything that is served to the proxy, read. */
export type ProxyResource =
  | ListenerResource
  | ClusterResource
  | AssignmentResource
  | LeafResource
  | RootsResource
  | RulesResource;
