/** What becomes of something that is declared, or of a resource. */
export type ChangeAction = 'create' | 'update' | 'delete';

/** One field that differs. */
export interface FieldChange {
  /** A JSON path, such as `Sources[0].Action`. */
  readonly path: string;
  /** Absent where the field is new. */
  readonly before?: unknown;
  /** Absent where the field is gone. */
  readonly after?: unknown;
}

/** One thing that people declare, before and after, as the HTTP API shows it. */
export interface DeclaredChange {
  /** The kind of a config entry, or `service`, `node`, `check`. */
  readonly kind: string;
  readonly name: string;
  readonly action: ChangeAction;
  readonly before?: object;
  readonly after?: object;
  readonly fields: readonly FieldChange[];
}

/** A pair of services whose verdict changes. */
export interface Flip {
  /** `*` stands for every service that no other flip of the destination and no intention names. */
  readonly source: string;
  readonly destination: string;
  readonly allowedBefore: boolean;
  readonly allowedAfter: boolean;
  /** What decides: `web => db (deny)`, `default (allow)`. */
  readonly becauseBefore: string;
  readonly becauseAfter: string;
}

/** A resource that would change. */
export interface ResourceChange {
  readonly typeUrl: string;
  readonly name: string;
  readonly action: ChangeAction;
  readonly fields: readonly FieldChange[];
  /** Content hashes. */
  readonly versionBefore?: string;
  readonly versionAfter?: string;
  /** Whether Envoy drains the connections of a listener for it. */
  readonly drains: boolean;
}

/** What would change for one proxy. */
export interface ProxyChange {
  readonly proxyId: string;
  readonly service: string;
  /** Shared between the proxies that share the resource. */
  readonly resources: readonly ResourceChange[];
}

/** What a change would do. */
export interface Plan {
  /** The revision of the state it was made on. */
  readonly revision: number;
  /** What is to change, as a hash: equal for equal changes. */
  readonly digest: string;
  readonly changes: readonly DeclaredChange[];
  readonly flips: readonly Flip[];
  readonly proxies: readonly ProxyChange[];
  readonly proxiesConsidered: number;
  readonly warnings: readonly string[];
}
