const units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
] as const;

/** How long something lasts, in two digits or so: `120 ms`, `4.2 s`, `30 s`, `12 min`, `47 h`, `30 d`. */
export function lasting(ms: number): string {
  const unit = units.find(([, length]) => ms >= 2 * length);
  if (unit !== undefined) return `${Math.floor(ms / unit[1])} ${unit[0]}`;
  if (ms < 1000) return `${Math.max(0, Math.round(ms))} ms`;
  return `${Number((ms / 1000).toFixed(ms < 10_000 ? 1 : 0))} s`;
}

/** A point in time, or a length of it, as messages carry them. */
export interface Seconds {
  readonly seconds: bigint;
  readonly nanos: number;
}

/** Such a time in whole milliseconds; of points in time since 1970. */
export function milliseconds({ seconds, nanos }: Seconds): number {
  return Number(seconds) * 1000 + Math.trunc(nanos / 1_000_000);
}
