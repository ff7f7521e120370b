import type { CheckFinding } from '@chancery/mesh-api';
import type { Found, MeshCheck } from './finding.ts';

/** How checks are run. */
export interface CheckRun {
  /** How long one may take. */
  readonly limitMs: number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/**
 * Looks at everything at once, and tells of each as soon as it is known. What takes too long, or fails, is told as
 * skipped, with the reason; the others come all the same.
 */
export async function* runChecks(
  checks: readonly MeshCheck[],
  { limitMs, now }: CheckRun,
  signal: AbortSignal,
): AsyncGenerator<CheckFinding> {
  const aborted = Promise.withResolvers<undefined>();
  const onAbort = (): void => aborted.resolve(undefined);
  signal.addEventListener('abort', onAbort, { once: true });
  const pending = new Map(checks.map((check) => [check, settled(check, limitMs, signal)] as const));
  try {
    while (pending.size > 0 && !signal.aborted) {
      const done = await Promise.race([...pending.values(), aborted.promise]);
      if (done === undefined) return;
      pending.delete(done.check);
      const { group } = done.check;
      for (const found of done.found) yield { group, ...found, at: now() };
    }
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

interface Settled {
  readonly check: MeshCheck;
  readonly found: readonly Found[];
}

async function settled(check: MeshCheck, limitMs: number, signal: AbortSignal): Promise<Settled> {
  const over = new AbortController();
  const either = AbortSignal.any([signal, over.signal]);
  const late = Promise.withResolvers<readonly Found[]>();
  const words = `it was not known after ${limitMs / 1000} s`;
  const timer = setTimeout(() => {
    late.resolve([skipped(check, words)]);
    over.abort();
  }, limitMs);
  try {
    return { check, found: await Promise.race([looked(check, either), late.promise]) };
  } finally {
    clearTimeout(timer);
  }
}

async function looked(check: MeshCheck, signal: AbortSignal): Promise<readonly Found[]> {
  try {
    return await check.look(signal);
  } catch (error) {
    return [skipped(check, error instanceof Error ? error.message : String(error))];
  }
}

function skipped({ name }: MeshCheck, reason: string): Found {
  return { name, status: 'skipped', message: `could not be looked at: ${reason}` };
}
