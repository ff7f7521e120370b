/** What an intention does with a connection. */
export type IntentionAction = 'allow' | 'deny';

/** A pair of services that a rule is about, and what is said of the rule. Either name may be the wildcard `*`. */
export interface IntentionPair {
  /** A UUID where the intention was created with one: the older API knows intentions by it. */
  readonly id?: string;
  readonly source: string;
  readonly destination: string;
  readonly description?: string;
  readonly meta?: Readonly<Record<string, string>>;
}

/** What happens to the requests that look as it says. How they look is no matter here: a connection shows none. */
export interface Permission {
  readonly action: IntentionAction;
}

/** A rule that decides about a connection, or by permissions about the requests on it. */
export type IntentionEffect<P extends Permission = Permission> =
  | { readonly action: IntentionAction; readonly permissions?: never }
  | { readonly permissions: readonly P[]; readonly action?: never };

/** A rule about one pair of services. Names are of the default namespace. */
export type Intention<P extends Permission = Permission> = IntentionPair & IntentionEffect<P>;

/** One intention in its place: rules are in the order in which they are tried. */
export interface Rule {
  readonly intention: Intention;
  /** 9 exact to exact, 8 any to exact, 6 exact to any, 5 any to any (Consul's table). */
  readonly precedence: number;
}

/** All that decides who may connect to one destination: the first rule whose source matches, else the default. */
export interface Rules {
  readonly destination: string;
  readonly rules: readonly Rule[];
  readonly defaultAction: IntentionAction;
}

/** A verdict and where it comes from. */
export interface Verdict {
  readonly allowed: boolean;
  readonly reason:
    | { readonly kind: 'rule'; readonly rule: Rule }
    | { readonly kind: 'default'; readonly action: IntentionAction };
}

/**
 * Rules as an RBAC filter can carry them: only the action opposite to the default is listed, and
 * precedence has become exclusion. A source matches a policy when `source` matches and no entry of `except` does.
 */
export interface AuthorizationPolicy {
  /** What a match means; no match means the opposite. */
  readonly action: IntentionAction;
  readonly policies: readonly {
    /** `web => db`: shown in Envoy's statistics and access log. */
    readonly name: string;
    readonly source: string;
    readonly except: readonly string[];
  }[];
}
