import type { CheckStatus } from '@chancery/model';

/** What a check found, in the words that operators will read. */
export interface ProbeResult {
  readonly status: CheckStatus;
  readonly output: string;
}

/** What a run is given beside the check. */
export interface ProbeRun {
  /** How much is kept of what is printed. */
  readonly outputMaxBytes: number;
  /** Aborts when nobody waits for the result any more. */
  readonly signal: AbortSignal;
}
