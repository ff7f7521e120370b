import type { Selection } from '../views/list-view.ts';
import { areas } from '../views/overview.ts';
import { isTable, tables } from '../views/views.ts';
import { bodyHeight, type State, shownMesh, withList } from './state.ts';

/** The rows that the present view shows; none of the overview, which is no table. */
export function selection(state: State): Selection | undefined {
  const { view, lists, onlyProblems, now } = state;
  if (!isTable(view)) return undefined;
  const { filter, sort } = lists[view];
  return tables[view].select(shownMesh(state), { filter, sort, onlyProblems, now });
}

/** Where the cursor stands: on its item if that is there, else where that was. -1 in a view without items. */
export function cursorPosition(state: State): number {
  const { cursor, position } = state.lists[state.view];
  const rows = selection(state);
  const count = rows?.ids.length ?? areas(state).length;
  if (count === 0) return -1;
  const found =
    cursor === undefined
      ? -1
      : (rows?.position(cursor) ?? areas(state).findIndex(({ id }) => id === cursor));
  return found === -1 ? Math.min(position, count - 1) : found;
}

/** The item under the cursor. */
export function cursorId(state: State): string | undefined {
  const at = cursorPosition(state);
  return at === -1 ? undefined : itemAt(state, at);
}

/** The state with the cursor so many items further. */
export function moved(state: State, by: number): State {
  return movedTo(state, cursorPosition(state) + by);
}

/** The state with the cursor on an item, by where that stands. */
export function movedTo(state: State, wanted: number): State {
  const count = selection(state)?.ids.length ?? areas(state).length;
  if (count === 0) return state;
  const position = Math.max(0, Math.min(wanted, count - 1));
  const { top } = state.lists[state.view];
  return withList(state, {
    cursor: itemAt(state, position),
    position,
    top: windowTop(top, { at: position, height: listHeight(state), count }),
  });
}

/** How many rows a table shows: its titles take a line. */
export function listHeight(state: State): number {
  return Math.max(1, bodyHeight(state.size) - 1);
}

/** The first line of a window that has a line in it, moved no further than it must. */
export function windowTop(
  top: number,
  { at, height, count }: { readonly at: number; readonly height: number; readonly count: number },
): number {
  const lowest = Math.min(top, Math.max(0, count - height));
  if (at < lowest) return Math.max(0, at);
  return at >= lowest + height ? at - height + 1 : lowest;
}

function itemAt(state: State, at: number): string | undefined {
  const rows = selection(state);
  return rows === undefined ? areas(state)[at]?.id : rows.ids[at];
}
