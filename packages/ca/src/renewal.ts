import type { Validity } from './validity.ts';

/** A leaf that is served, and when it is to be replaced. */
export interface Served {
  readonly validity: Validity;
  /** From `renewalTime`, drawn once when the leaf is issued. */
  readonly renewAt: number;
}

const EARLIEST = 0.6;
const LATEST = 0.9;

/**
 * When to renew a certificate: at a random point between 60 and 90 percent of its life, so that
 * certificates issued together are not renewed together. `random` gives numbers from 0 up to 1.
 */
export function renewalTime({ notBefore, notAfter }: Validity, random: () => number): number {
  const share = EARLIEST + (LATEST - EARLIEST) * random();
  return Math.floor(notBefore + share * (notAfter - notBefore));
}

/**
 * The leafs to renew now, the one that expires first in front, `limit` at most: what a signer can do
 * before it is asked again. Asked at every tick, so nothing is lost by a renewal that failed.
 */
export function dueForRenewal<Leaf extends Served>(
  served: Iterable<Leaf>,
  now: number,
  limit: number = Number.POSITIVE_INFINITY,
): readonly Leaf[] {
  return [...served]
    .filter((leaf) => leaf.renewAt <= now)
    .sort((a, b) => a.validity.notAfter - b.validity.notAfter)
    .slice(0, limit);
}

/** When the next leaf falls due, for a timer. */
export function nextRenewal(served: Iterable<Served>): number | undefined {
  const times = Array.from(served, ({ renewAt }) => renewAt);
  return times.length === 0 ? undefined : times.reduce((a, b) => Math.min(a, b));
}

/**
 * Whether a leaf outlived the latest moment at which it should have been renewed. Looks at the
 * certificate alone, not at the schedule, so that it also notices a schedule that went wrong.
 */
export function isOverdue({ notBefore, notAfter }: Validity, now: number): boolean {
  return now - notBefore > LATEST * (notAfter - notBefore);
}
