/** How something stands that was looked at: `skipped` could not be looked at, or took too long. */
export type CheckStatus = 'ok' | 'warning' | 'failed' | 'skipped';

/** One thing that a doctor looked at, in words for people. */
export interface CheckFinding {
  /** Such as `certificates`. */
  readonly group: string;
  readonly name: string;
  readonly status: CheckStatus;
  /** What was found. */
  readonly message: string;
  /** The way to mend it; none where nothing is wrong. */
  readonly hint?: string;
  /** When it was found, in milliseconds since 1970 by the agent's clock. */
  readonly at: number;
}
