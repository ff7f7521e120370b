/** What the probes of a run came to. */
export interface Tally {
  allowed: number;
  denied: number;
  /** Those of them that went by way of a real Envoy on the side of the source as well. */
  throughTwoEnvoys: number;
  /** Connections whose reason in the access log was held to that of `decide`. */
  logged: number;
  /** Connections that the agent was asked to explain. */
  explained: number;
}

/** Nothing counted yet. */
export function emptyTally(): Tally {
  return { allowed: 0, denied: 0, throughTwoEnvoys: 0, logged: 0, explained: 0 };
}

/** The part that the rarer verdict has in all probes, from 0 to a half. */
export function rarerShare({ allowed, denied }: Tally): number {
  return Math.min(allowed, denied) / (allowed + denied);
}
