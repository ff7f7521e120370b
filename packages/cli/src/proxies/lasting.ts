const units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
] as const;

/** How long something lasts, in two digits or so: `120 ms`, `4.2 s`, `30 s`, `12 min`, `71 h`, `30 d`. */
export function lasting(ms: number): string {
  const unit = units.find(([, length]) => ms >= 2 * length);
  if (unit !== undefined) return `${Math.floor(ms / unit[1])} ${unit[0]}`;
  if (ms < 1000) return `${Math.max(0, Math.round(ms))} ms`;
  return `${(ms / 1000).toFixed(ms < 10_000 ? 1 : 0)} s`;
}

/** Seconds and nanoseconds, as messages have times and lengths of time, in milliseconds. */
export function milliseconds({
  seconds,
  nanos,
}: {
  readonly seconds: bigint;
  readonly nanos: number;
}): number {
  return Number(seconds) * 1000 + nanos / 1e6;
}
