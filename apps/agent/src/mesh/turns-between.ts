import { ownTurn } from './own-turn.ts';

/** Milliseconds of the one thread that there is, until others have their turn. */
const sliceMs = 10;

/** For who goes through much, one by one: has others take their turn whenever a slice of time is over. */
export function turnsBetween(): () => Promise<void> {
  let end = performance.now() + sliceMs;
  return async () => {
    if (performance.now() < end) return;
    await ownTurn();
    end = performance.now() + sliceMs;
  };
}

/** Takes steps to their end, and has others take their turn in between. */
export async function withTurns<T>(
  steps: Generator<undefined, T>,
  othersTurn: () => Promise<void>,
): Promise<T> {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    await othersTurn();
  }
}
