import { ownTurn } from './own-turn.ts';

/** How steps are taken. */
export interface Slices {
  /** Aborts when nobody waits for the result any more. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds of the one thread that there is, until others have their turn: 10 unless it is given. */
  readonly sliceMs?: number | undefined;
}

/** Takes steps to their end, and lets others have their turn in between. Rejects once the signal has aborted. */
export async function inSlices<T>(
  steps: Generator<undefined, T>,
  { signal, sliceMs = 10 }: Slices = {},
): Promise<T> {
  for (;;) {
    await ownTurn();
    signal?.throwIfAborted();
    const end = performance.now() + sliceMs;
    do {
      const step = steps.next();
      if (step.done === true) return step.value;
    } while (performance.now() < end);
  }
}
