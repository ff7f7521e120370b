import type { CheckStatus, CheckThresholds } from '@chancery/model';

/** How many results of one sort came in a row. */
export interface Streak {
  readonly successes: number;
  readonly failures: number;
}

/** What one result comes to. */
export interface Judged {
  readonly streak: Streak;
  /** Absent while the verdict stays as it is. */
  readonly verdict?: CheckStatus;
}

const none: CheckThresholds = {
  successBeforePassing: 0,
  failuresBeforeWarning: 0,
  failuresBeforeCritical: 0,
};

/** Where a check begins: its first result counts at once, whichever it is. */
export function firstStreak(thresholds: CheckThresholds = none): Streak {
  const { successBeforePassing, failuresBeforeCritical } = thresholds;
  return { successes: successBeforePassing, failures: failuresBeforeCritical };
}

/**
 * Judges one result, as Consul does: passing and warning are both successes, and count after so many in
 * a row; failures are first nothing, then a warning, then critical.
 */
export function judge(
  { successes, failures }: Streak,
  found: CheckStatus,
  thresholds: CheckThresholds = none,
): Judged {
  if (found !== 'critical') {
    const streak = { successes: successes + 1, failures: 0 };
    const counts = streak.successes >= thresholds.successBeforePassing;
    return { streak, ...(counts && { verdict: found }) };
  }
  const streak = { successes: 0, failures: failures + 1 };
  if (streak.failures >= thresholds.failuresBeforeCritical) return { streak, verdict: 'critical' };
  const warns = streak.failures >= thresholds.failuresBeforeWarning;
  return { streak, ...(warns && { verdict: 'warning' }) };
}
