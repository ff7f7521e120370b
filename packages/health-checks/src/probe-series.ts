/** How a quick series of probes ends: with the first success, or when the settling time is over. */
export type SeriesEnd = 'first-success' | 'settled';

/** The longest a series goes on. */
export const seriesLimitMs: Readonly<Record<SeriesEnd, number>> = {
  'first-success': 30_000,
  settled: 1_000,
};

const seriesEveryMs = 100;

/** Waits until the next probe of a series, or until it is given up. */
export function seriesPause(signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, seriesEveryMs);
  signal.addEventListener(
    'abort',
    () => {
      clearTimeout(timer);
      resolve();
    },
    { once: true },
  );
  return promise;
}
