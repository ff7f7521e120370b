import type { View } from '@chancery/store';

/** A walk through a chain as far as it has come. */
export interface Walk {
  readonly view: View;
  /** The service at which the chain begins. */
  readonly chain: string;
  readonly datacenter: string;
  /** What the first service that was reached speaks: all others must speak the same. */
  protocol: string | undefined;
  /** Splitters that were walked to their end: many ways may lead to one. */
  readonly walked: Set<string>;
}

/** Instances of a service: all of them, or a subset. */
export interface Target {
  readonly service: string;
  readonly subset?: string;
  readonly datacenter: string;
}

/** A target as Consul writes it: `v1.db.default.default.dc1`. */
export function targetId({ service, subset, datacenter }: Target): string {
  const name = `${service}.default.default.${datacenter}`;
  return subset === undefined ? name : `${subset}.${name}`;
}

/** The first problem that a look at each of several things finds. */
export function firstProblem<T>(
  things: Iterable<T>,
  look: (thing: T) => string | undefined,
): string | undefined {
  for (const thing of things) {
    const problem = look(thing);
    if (problem !== undefined) return problem;
  }
  return undefined;
}
