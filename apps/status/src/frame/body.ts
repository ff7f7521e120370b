import { inMatrix } from '../actions/action.ts';
import { pageLines } from '../pages/page-lines.ts';
import { cursorId, cursorPosition, listHeight, selection, windowTop } from '../state/cursor.ts';
import { type State, shownMesh, topPage } from '../state/state.ts';
import { matrixLines } from '../views/matrix.ts';
import { overviewLines } from '../views/overview.ts';
import { isTable, tables } from '../views/views.ts';
import { folded } from './fit.ts';
import { menuLines } from './menu.ts';
import { blank, type Line, line, span } from './span.ts';

/** What stands between the title and the last line. */
export function bodyLines(state: State, height: number): readonly Line[] {
  if (state.mode.kind === 'menu') return menuLines(state, state.mode, height);
  const page = topPage(state);
  if (page !== undefined) {
    const lines = pageLines(state, page);
    const top = Math.max(0, Math.min(page.top, lines.length - height));
    return withMore(lines.slice(top, top + height), lines.length - top - height);
  }
  if (inMatrix(state)) return matrixLines(state, height);
  return state.view === 'overview'
    ? overviewLines(state, { width: state.size.columns, height, cursor: cursorId(state) })
    : listLines(state);
}

/** That there is more below is seen in the last line. */
function withMore(lines: readonly Line[], hidden: number): readonly Line[] {
  if (hidden <= 0) return lines;
  return [...lines.slice(0, -1), line(span(`  ↓ ${hidden + 1} more lines`, 'faint'))];
}

/** A window of the table around the cursor; rows outside of it are never looked at. */
function listLines(state: State): readonly Line[] {
  const rows = selection(state);
  if (rows === undefined) return [];
  const { columns: width } = state.size;
  if (rows.ids.length === 0) return emptyLines(state, width);
  const height = listHeight(state);
  const at = cursorPosition(state);
  const top = windowTop(state.lists[state.view].top, { at, height, count: rows.ids.length });
  const cursor = cursorId(state);
  const part = { from: top, to: top + height, width, now: state.now, cursor };
  return [rows.head(width), ...rows.lines(part)];
}

function emptyLines(state: State, width: number): readonly Line[] {
  const { view } = state;
  if (!isTable(view)) return [];
  const isHidden = (selection(state)?.total ?? 0) > 0;
  const text = isHidden
    ? 'Nothing is shown with these filters. esc takes them away.'
    : shownMesh(state).complete
      ? tables[view].empty
      : 'Not told yet.';
  return [blank, ...folded(text, width - 4).map((part) => line('  ', span(part, 'faint')))];
}
