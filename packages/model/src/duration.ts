const unitsMs = new Map([
  ['ns', 1e-6],
  ['us', 1e-3],
  ['µs', 1e-3],
  ['μs', 1e-3],
  ['ms', 1],
  ['s', 1000],
  ['m', 60_000],
  ['h', 3_600_000],
]);

/** Milliseconds of a duration as Go writes them (`1m30s`, `1.5h`, `-2ms`, `0`); undefined when it is none. */
export function parseDuration(text: string): number | undefined {
  const sign = text.startsWith('-') ? -1 : 1;
  const body = text.replace(/^[+-]/, '');
  if (body === '0') return 0;
  if (!/^(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+$/.test(body)) return undefined;
  let total = 0;
  for (const [, amount, unit] of body.matchAll(/([\d.]+)([a-zµμ]+)/g)) {
    total += Number(amount) * (unitsMs.get(unit ?? '') ?? 0);
  }
  // Go's durations are whole nanoseconds, and end at 2^63 of them, about 292 years.
  const exact = Number(total.toFixed(6));
  return exact <= 9_223_372_036_854 ? sign * exact : undefined;
}

/** A duration in milliseconds as Go prints it: `10s`, `1m30s`, `500ms`, `72h0m0s`. */
export function formatDuration(ms: number): string {
  if (ms < 0) return `-${formatDuration(-ms)}`;
  if (ms === 0) return '0s';
  if (ms < 1) return ms < 1e-3 ? `${trim(ms * 1e6)}ns` : `${trim(ms * 1e3)}µs`;
  if (ms < 1000) return `${trim(ms)}ms`;
  const hours = Math.floor(ms / 3_600_000);
  const minutes = Math.floor((ms % 3_600_000) / 60_000);
  const seconds = `${trim((ms % 60_000) / 1000)}s`;
  if (hours > 0) return `${hours}h${minutes}m${seconds}`;
  return minutes > 0 ? `${minutes}m${seconds}` : seconds;
}

function trim(value: number): string {
  return String(Number(value.toFixed(9)));
}
