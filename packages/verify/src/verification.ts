/** What an assertion claims. `*` stands for any service, also for one that is not there yet. */
export type Claim =
  /** The source may not reach the destination. */
  | { readonly kind: 'never'; readonly source: string; readonly destination: string }
  /** The source may reach the destination. */
  | { readonly kind: 'reachable'; readonly source: string; readonly destination: string }
  /** Nobody but these may reach the destination. */
  | { readonly kind: 'only'; readonly sources: readonly string[]; readonly destination: string };

/** A claim about the mesh, and where it stands. */
export interface Assertion {
  /** `rules.hcl:3:1`. */
  readonly position: string;
  readonly name?: string;
  readonly claim: Claim;
  /** Also by way of other services. */
  readonly transitive: boolean;
}

/** Whether an assertion holds, and why. */
export interface AssertionResult {
  readonly assertion: Assertion;
  readonly holds: boolean;
  /** Names the intention or default that decides. */
  readonly why: string;
  /** What breaks it, the shortest first: each a way such as `web -> api -> payments`. `*` is a service that no intention names. */
  readonly counterexamples: readonly string[];
  /** How many more there are than are listed. */
  readonly moreCounterexamples: number;
}

/**
 * Why an intention has no effect. `dead`: it names a service that does not exist; `shadowed`: others decide for
 * every service it speaks of; `redundant`: without it the same would be decided.
 */
export type FindingKind = 'dead' | 'shadowed' | 'redundant';

/** An intention without effect. */
export interface IntentionFinding {
  readonly kind: FindingKind;
  /** `web => db (deny)`. */
  readonly intention: string;
  readonly why: string;
}

/** What was found. */
export interface Verification {
  readonly results: readonly AssertionResult[];
  readonly findings: readonly IntentionFinding[];
}
