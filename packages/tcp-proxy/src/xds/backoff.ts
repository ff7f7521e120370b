const FIRST_MS = 250;
const LONGEST_MS = 5000;

/**
 * How long to wait before the next attempt, after so many that failed one after the other. Spread over the whole
 * span, so that the proxies of an agent that was restarted do not all come back at the same moment; never so
 * short that attempts become a load. `random` is in [0, 1).
 */
export function backoffMs(failures: number, random: number): number {
  const span = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures, 10));
  return Math.round(50 + random * (span - 50));
}
