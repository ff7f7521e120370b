import { frame } from '../frame/frame.ts';
import { lineText } from '../frame/span.ts';
import { reduce } from '../state/reduce.ts';
import { initialState, type Size, type State } from '../state/state.ts';
import { smallWorld, type World } from './world.ts';
import { worldMessages } from './world-messages.ts';

/** When everything happens in tests without a clock. */
export const testNow = 1_790_000_000_000;

/** A screen that was told all of a mesh. */
export function toldState(
  world: World = smallWorld(testNow),
  more: { readonly size?: Size; readonly mayWrite?: boolean } = {},
): State {
  const { size = { columns: 100, rows: 30 }, mayWrite = false } = more;
  const start = initialState({ now: world.now, size, mayWrite });
  return worldMessages(world).reduce(
    (state, message) => reduce(state, { kind: 'message', message }),
    reduce(start, { kind: 'opened' }),
  );
}

/** The state after some keys; a text of several characters is typed. */
export function keys(state: State, ...names: readonly string[]): State {
  return names.reduce((present, key) => reduce(present, { kind: 'key', key }), state);
}

/** The state after a text was typed. */
export function typed(state: State, text: string): State {
  return keys(state, ...text);
}

/** What the screen says, as one text. */
export function shown(state: State): string {
  return frame(state)
    .map((line) => lineText(line).trimEnd())
    .join('\n');
}
