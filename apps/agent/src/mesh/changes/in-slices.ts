import { setImmediate as turn } from 'node:timers/promises';

/** Milliseconds of the one thread that there is, until others have their turn. */
const sliceMs = 10;

/** Takes steps to their end, and lets others have their turn in between. */
export async function inSlices<T>(steps: Generator<undefined, T>): Promise<T> {
  for (;;) {
    const end = performance.now() + sliceMs;
    do {
      const step = steps.next();
      if (step.done === true) return step.value;
    } while (performance.now() < end);
    await turn();
  }
}
