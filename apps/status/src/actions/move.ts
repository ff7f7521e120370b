import { pageLines } from '../pages/page-lines.ts';
import { moved, movedTo } from '../state/cursor.ts';
import { matrixMoved } from '../state/matrix-cursor.ts';
import { bodyHeight, type State, topPage, withTopPage } from '../state/state.ts';
import { type Action, inMatrix } from './action.ts';

const always = (): boolean => true;

/** Moves of the cursor, and of a page. */
export const moves: readonly Action[] = [
  move(['down', 'j'], 'down', 'One further', { rows: 1, columns: 0 }),
  move(['up', 'k'], 'up', 'One back', { rows: -1, columns: 0 }),
  {
    ...move(['right', 'l'], 'right', 'One destination further', { rows: 0, columns: 1 }),
    applies: inMatrix,
  },
  {
    ...move(['left', 'h'], 'left', 'One destination back', { rows: 0, columns: -1 }),
    applies: inMatrix,
  },
  leap(['pagedown', 'ctrl-f'], 'page down', 'One screen further', (state) => screenful(state)),
  leap(['pageup', 'ctrl-b'], 'page up', 'One screen back', (state) => -screenful(state)),
  leap(['ctrl-d'], 'half down', 'Half a screen further', (state) => half(state)),
  leap(['ctrl-u'], 'half up', 'Half a screen back', (state) => -half(state)),
  leap(['home', 'g'], 'first', 'To the first', () => Number.NEGATIVE_INFINITY),
  leap(['end', 'G'], 'last', 'To the last', () => Number.POSITIVE_INFINITY),
];

interface Step {
  readonly rows: number;
  readonly columns: number;
}

function move(keys: readonly string[], name: string, about: string, step: Step): Action {
  return { keys, name, about, applies: always, run: (state) => stepped(state, step) };
}

function leap(
  keys: readonly string[],
  name: string,
  about: string,
  by: (state: State) => number,
): Action {
  const run = (state: State): State => stepped(state, { rows: by(state), columns: 0 });
  return { keys, name, about, applies: always, run };
}

/** One line less than there is room for: the last one of a page tells how many more there are. */
function screenful({ size }: State): number {
  return Math.max(1, bodyHeight(size) - 1);
}

function half({ size }: State): number {
  return Math.max(1, Math.floor(bodyHeight(size) / 2));
}

function stepped(state: State, step: Step): State {
  const page = topPage(state);
  if (page !== undefined) return withTopPage(state, { ...page, top: scrolled(state, step.rows) });
  if (inMatrix(state)) return matrixMoved(state, step);
  return Number.isFinite(step.rows)
    ? moved(state, step.rows)
    : movedTo(state, step.rows > 0 ? Number.MAX_SAFE_INTEGER : 0);
}

function scrolled(state: State, by: number): number {
  const page = topPage(state);
  if (page === undefined) return 0;
  const most = Math.max(0, pageLines(state, page).length - bodyHeight(state.size));
  return Math.max(0, Math.min(most, Math.min(page.top, most) + by));
}
