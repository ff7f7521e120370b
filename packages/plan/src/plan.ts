/** What becomes of something that is declared, or of a resource. */
export type ChangeAction = 'create' | 'update' | 'delete';

/** One field that differs. */
export interface FieldChange {
  /** A JSON path, such as `Protocol`, `Sources[Name=web].Action` or `Tags[0]`. */
  readonly path: string;
  /** Absent where the field is new. */
  readonly before?: unknown;
  /** Absent where the field is gone. */
  readonly after?: unknown;
}

/** One thing that people declare, before and after, as the HTTP API shows it; secrets are left out. */
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
  /** `*` stands for every service that no intention about the destination names, before or after. */
  readonly source: string;
  /** `*` stands for every destination that no intention names, before or after. */
  readonly destination: string;
  readonly allowedBefore: boolean;
  readonly allowedAfter: boolean;
  /** What decides: `web => db (deny)`, `default (allow)`. */
  readonly becauseBefore: string;
  readonly becauseAfter: string;
}

/** What Envoy closes, after its drain time, to take a new listener. */
export type Drain =
  /** No connection: nothing but chains that are new, or what picks one. */
  | { readonly kind: 'nothing' }
  /** The connections of these filter chains; those of others go on. */
  | { readonly kind: 'chains'; readonly chains: readonly string[] }
  /** Every connection of the listener. */
  | { readonly kind: 'listener' };

/** A resource that would change. */
export interface ResourceChange {
  readonly typeUrl: string;
  readonly name: string;
  readonly action: ChangeAction;
  readonly fields: readonly FieldChange[];
  /** Content hashes. */
  readonly versionBefore?: string;
  readonly versionAfter?: string;
  /** Of listeners; nothing for every other type. */
  readonly drain: Drain;
}

/** What would change for one proxy. */
export interface ProxyChange {
  readonly proxyId: string;
  readonly service: string;
  readonly connected: boolean;
  /** Shared between the proxies that share the resource. */
  readonly resources: readonly ResourceChange[];
}

/** What a change would do. */
export interface Plan {
  /** The revision of the state it was made on. */
  readonly revision: number;
  /** What is to change, as a hash: equal for equal changes with equal effects. */
  readonly digest: string;
  readonly changes: readonly DeclaredChange[];
  readonly flips: readonly Flip[];
  readonly proxies: readonly ProxyChange[];
  readonly proxiesConsidered: number;
  readonly warnings: readonly string[];
}
