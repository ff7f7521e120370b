const first = 250;
const most = 5000;

/** How many milliseconds to wait before another attempt, after so many that failed in a row. */
export function backoff(failures: number): number {
  return Math.min(most, first * 2 ** Math.max(0, failures - 1));
}
