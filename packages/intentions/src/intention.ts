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

/** What happens to the requests that look as it says, all of it. Of an intention's, the first that a request looks like decides. */
export interface Permission {
  readonly action: IntentionAction;
  readonly http?: RequestPattern;
  /** A token that the request must carry. */
  readonly jwt?: object;
}

/** How a request looks; what is left out may be anything. */
export interface RequestPattern {
  readonly pathExact?: string;
  readonly pathPrefix?: string;
  /** Of the whole path, without its query. */
  readonly pathRegex?: string;
  readonly header: readonly HeaderPattern[];
  /** In capitals; none stands for any. */
  readonly methods: readonly string[];
}

/** How a header of a request looks: one of the ways, or with `invert` not so. */
export interface HeaderPattern {
  readonly name: string;
  readonly present?: boolean;
  readonly exact?: string;
  readonly prefix?: string;
  readonly suffix?: string;
  readonly contains?: string;
  readonly regex?: string;
  readonly invert?: boolean;
  readonly ignoreCase?: boolean;
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

/** Whom one decision is about, and its name: `web => db (deny)`, or `default (deny)` of whom no intention speaks. */
export interface DecisionClause {
  readonly name: string;
  /** None stands for whoever it is, a service or not. */
  readonly source: string | undefined;
  readonly except: readonly string[];
}
