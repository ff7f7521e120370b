import { ownTurn } from './own-turn.ts';

/** How steps are taken. */
export interface Slices {
  /** Aborts when nobody waits for the result any more. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds of the one thread that there is, until others have their turn: 10 unless it is given. */
  readonly sliceMs?: number | undefined;
}

/**
 * Takes steps to their end, and lets others have their turn in between. What many ask for together is begun one after
 * the other, for each may hold much meanwhile. Rejects once the signal has aborted.
 *
 * `begin` is called when its turn has come, together with the first step. A view of a store is to be taken there and not
 * before: of one that is not the newest any more nothing is known, and all that is asked of it is made anew.
 */
export async function inSlices<T>(
  begin: () => Generator<undefined, T>,
  { signal, sliceMs = 10 }: Slices = {},
): Promise<T> {
  await begun();
  try {
    return await sliced(begin, signal, sliceMs);
  } finally {
    over();
  }
}

async function sliced<T>(
  begin: () => Generator<undefined, T>,
  signal: AbortSignal | undefined,
  sliceMs: number,
): Promise<T> {
  let steps: Generator<undefined, T> | undefined;
  for (;;) {
    await ownTurn();
    signal?.throwIfAborted();
    steps ??= begin();
    const end = performance.now() + sliceMs;
    do {
      const step = steps.next();
      if (step.done === true) return step.value;
    } while (performance.now() < end);
  }
}

/** So many are gone on with at a time: what takes long does not keep what is short waiting to its end. */
const mostAtOnce = 4;

const queued: (() => void)[] = [];
let running = 0;

/** Resolves when there is a place. */
async function begun(): Promise<void> {
  if (running < mostAtOnce) {
    running += 1;
    return;
  }
  const { promise, resolve } = Promise.withResolvers<void>();
  queued.push(resolve);
  await promise;
}

/** Hands the place on to who has waited longest. */
function over(): void {
  const next = queued.shift();
  if (next === undefined) running -= 1;
  else next();
}
