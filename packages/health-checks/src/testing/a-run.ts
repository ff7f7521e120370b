import type { ProbeRun } from '../probe-result.ts';

/** A run that keeps as much as usual and is waited for. */
export function aRun(parts: Partial<ProbeRun> = {}): ProbeRun {
  return { outputMaxBytes: 4096, signal: new AbortController().signal, ...parts };
}
