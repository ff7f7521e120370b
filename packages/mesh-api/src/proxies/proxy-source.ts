import type { FieldChange } from '@chancery/plan';
import type { TypeName } from '../type-names.ts';

/** How a proxy stands to the resources of a type, or to one of them. */
export type SyncState = 'synced' | 'pending' | 'rejected' | 'not-subscribed';

/** Where something comes from: what was declared, and who declared it. */
export interface Origin {
  /** The kind of a config entry, or `service`. */
  readonly kind: string;
  readonly name: string;
  /** A JSON path in it; empty for the whole. */
  readonly path: string;
  /** Who wrote it last; none where the history no longer goes back so far. */
  readonly author?: string;
  readonly revision: number;
}

/** A resource that a proxy refused. */
export interface Rejection {
  /** The proxy's own words. */
  readonly reason: string;
  /** None where the reason names none. */
  readonly resource?: string;
  /** A JSON path in the resource, as far as the reason tells it. */
  readonly path?: string;
  readonly origin?: Origin;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Content hash of what was refused. */
  readonly version?: string;
}

/** How a proxy stands to one type. */
export interface ProxyTypeState {
  readonly type: TypeName;
  readonly typeUrl: string;
  readonly state: SyncState;
  /** Milliseconds; only while it is pending. */
  readonly pendingForMs?: number;
  /** Milliseconds since 1970; only while it is pending. */
  readonly pendingSince?: number;
  /** Resources it was sent. */
  readonly resources: number;
  /** Content hashes over what was sent and what was acknowledged. */
  readonly versionSent: string;
  readonly versionAcknowledged: string;
  /** Milliseconds since 1970. */
  readonly sentAt?: number;
  readonly acknowledgedAt?: number;
  readonly rejections: readonly Rejection[];
}

/** Something declared that could not be translated, and what was done instead. */
export interface ProxyProblem {
  readonly code: string;
  readonly resource: string;
  readonly message: string;
  readonly origin?: Origin;
}

/** One proxy, as it stands. Times in milliseconds since 1970. */
export interface ProxyState {
  readonly id: string;
  /** None for a stranger that is not registered. */
  readonly service?: string;
  readonly node?: string;
  readonly streams: number;
  readonly streamSince?: number;
  readonly userAgent?: string;
  readonly certificateExpiresAt?: number;
  readonly builtRevision: number;
  readonly acknowledgedRevision: number;
  /** All six, in the order in which Envoy takes them. */
  readonly types: readonly ProxyTypeState[];
  readonly problems: readonly ProxyProblem[];
}

/** One resource of a proxy: as desired, as acknowledged, and how the two differ. */
export interface ProxyResourceState {
  readonly type: TypeName;
  readonly name: string;
  readonly state: SyncState;
  /** As protobuf's JSON, secrets redacted; none for what is to go. */
  readonly desired?: object;
  readonly desiredVersion?: string;
  readonly acknowledgedVersion?: string;
  /** None where it is not kept any more, or is what is desired. */
  readonly acknowledged?: object;
  readonly fields: readonly FieldChange[];
  readonly rejections: readonly Rejection[];
  readonly origin?: Origin;
}

/** A proxy that has not taken what it was sent. */
export interface LaggingProxy {
  readonly id: string;
  readonly state: SyncState;
  /** In a sentence. */
  readonly detail: string;
}

/** Which proxies have taken a revision. */
export interface Applied {
  /** Proxies with a stream that the revision changes something for, or that lack yet what it wrote again. */
  readonly affected: number;
  readonly acknowledged: number;
  /** Milliseconds from the commit to the last acknowledgement; to now while one lags. */
  readonly tookMs: number;
  readonly lagging: readonly LaggingProxy[];
  /** Proxies that the revision changes something for, and that have no stream. */
  readonly notConnected: readonly string[];
}

/** Where the proxies' states come from. */
export interface ProxySource {
  /** Every proxy that is registered or has a stream, by ID; all of them, or those of this ID or service. */
  readonly list: (proxy?: string) => Promise<readonly ProxyState[]>;
  /** None for a proxy that is neither registered nor has a stream. */
  readonly config: (
    proxyId: string,
    type?: TypeName,
  ) => Promise<
    { readonly proxy: ProxyState; readonly resources: readonly ProxyResourceState[] } | undefined
  >;
  /** Resolves when every proxy that a revision changes has acknowledged it, when the time is over or the signal aborts. */
  readonly applied: (revision: number, timeoutMs: number, signal: AbortSignal) => Promise<Applied>;
}
