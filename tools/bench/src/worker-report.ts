import type { Failed } from './worker-process.ts';

/** Says something to the process that started this worker. */
export function say<Report extends { readonly kind: string }>(report: Report | Failed): void {
  process.send?.(report);
}

/** Ends the measure that this worker is part of. */
export function fail(reason: unknown): void {
  say({ kind: 'failed', reason: String(reason) });
}

/** The processor time of this worker so far. */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
