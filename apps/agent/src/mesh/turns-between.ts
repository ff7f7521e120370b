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
