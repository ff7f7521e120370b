import type { RunProbe } from '@chancery/model';

/** Consul's shortest interval: what asks for less is run once a second. */
const shortestIntervalMs = 1000;

/** How often a check is run. */
export function intervalOf({ intervalMs }: RunProbe): number {
  return Math.max(intervalMs, shortestIntervalMs);
}

/**
 * How long to wait for the next run, after one that ended so long after it was due. A check keeps its place in the
 * interval: were each to wait a whole interval from its end, those that were once held up together would run together
 * ever after. One that takes long waits a whole interval, as in Consul.
 */
export function nextRunMs(intervalMs: number, sinceDueMs: number): number {
  const isShort = sinceDueMs >= 0 && sinceDueMs < intervalMs / 2;
  return isShort ? intervalMs - sinceDueMs : intervalMs;
}
