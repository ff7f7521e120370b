const unitMs: Readonly<Record<string, number>> = {
  H: 3_600_000,
  M: 60_000,
  S: 1000,
  m: 1,
  u: 1e-3,
  n: 1e-6,
};

/** The longest delay that a Node timer can take; longer ones would fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Milliseconds of a `grpc-timeout` header (at most eight digits and a unit), or `undefined` if it is none. */
export function timeoutMs(header: string): number | undefined {
  const match = /^(\d{1,8})([HMSmun])$/.exec(header);
  const unit = unitMs[match?.[2] ?? ''];
  if (match === null || unit === undefined) return undefined;
  return Math.min(Number(match[1]) * unit, LONGEST_TIMER_MS);
}
