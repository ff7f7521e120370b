/** A resource as it was sent, taken or rejected. */
export interface LedgerMark {
  readonly hash: string;
  /** Revision of the manifest it was sent from; `undefined` if the client had it when it came. */
  readonly revision: number | undefined;
  /** Milliseconds of the clock that the server was given. */
  readonly at: number;
}

/** A rejection; the reason is the client's, word for word. */
export interface LedgerRejection extends LedgerMark {
  readonly reason: string;
}

/**
 * How a proxy stands to what it is to have. `pending`: something is still to be sent, or was sent and is not
 * answered yet. `rejected`: something that it is to have was refused as it is, whatever else is on its way.
 */
export type LedgerState = 'synced' | 'pending' | 'rejected';

/** What is known of one resource at one proxy. With more than one stream, the one that is furthest behind counts. */
export interface LedgerResource {
  readonly name: string;
  readonly state: LedgerState;
  readonly sent: LedgerMark | undefined;
  readonly acked: LedgerMark | undefined;
  /** While the client is to have what it rejected; also where it had something else meanwhile, or nothing. */
  readonly nacked: LedgerRejection | undefined;
}

/** The last response of a type that was rejected, even if the reason named none of its resources. */
export interface LedgerRejectedResponse {
  readonly reason: string;
  readonly revision: number;
  readonly at: number;
}

/** What is known of one type at one proxy. A type that it never asked for has no such entry. */
export interface LedgerType {
  readonly typeUrl: string;
  readonly state: LedgerState;
  /** Since when it is unsettled, whatever its state. */
  readonly pendingSince: number | undefined;
  /** Hashes over the names and hashes of what was sent, and of what was acknowledged: equal for equal sets. */
  readonly versionSent: string;
  readonly versionAcked: string;
  /** When a response was sent last, and when one was accepted last. */
  readonly sentAt: number | undefined;
  readonly ackedAt: number | undefined;
  readonly lastNack: LedgerRejectedResponse | undefined;
  readonly resources: readonly LedgerResource[];
}

/** What is known of one proxy. */
export interface LedgerProxy {
  readonly proxyId: string;
  /** Streams that are open now. */
  readonly streams: number;
  /** Since when the oldest of them is open. */
  readonly since: number | undefined;
  /** Program and version of the last client, such as `envoy 1.40.0`. */
  readonly userAgent: string;
  /** Revision of the last manifest of which all that was asked for is acknowledged; 0 before there is one. */
  readonly acknowledgedRevision: number;
  readonly types: readonly LedgerType[];
}
