/**
 * The value below which a share of values lies, by the nearest rank.
 *
 * @throws RangeError without values.
 */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const rank = Math.min(sorted.length, Math.max(1, Math.ceil(share * sorted.length)));
  const value = sorted[rank - 1];
  if (value === undefined) throw new RangeError('nothing was measured');
  return value;
}

/** The middle value. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** How many happened in a second, of moments in milliseconds in order: those after the first over the time it took. */
export function perSecond(moments: readonly number[]): number {
  const [first, last] = [moments.at(0), moments.at(-1)];
  if (first === undefined || last === undefined || last <= first) {
    throw new RangeError('a rate needs two moments');
  }
  return ((moments.length - 1) * 1000) / (last - first);
}
