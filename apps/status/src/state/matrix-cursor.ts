import { matrixColumns } from '../views/matrix-columns.ts';
import { listHeight, windowTop } from './cursor.ts';
import { matrixNames } from './matrix-names.ts';
import type { State } from './state.ts';

/** The pair under the cursor of the matrix, and where it stands. */
export interface MatrixCursor {
  readonly source: string;
  readonly destination: string;
  readonly row: number;
  readonly column: number;
}

/** Where the cursor stands: on its names if they are shown, else on the first pair. */
export function matrixCursor(state: State): MatrixCursor | undefined {
  const { sources, destinations } = matrixNames(state);
  const row = Math.max(0, sources.indexOf(state.matrix.source ?? ''));
  const column = Math.max(0, destinations.indexOf(state.matrix.destination ?? ''));
  const source = sources[row];
  const destination = destinations[column];
  if (source === undefined || destination === undefined) return undefined;
  return { source, destination, row, column };
}

/** The state with the cursor so many rows and columns further. */
export function matrixMoved(
  state: State,
  by: { readonly rows: number; readonly columns: number },
): State {
  const cursor = matrixCursor(state);
  if (cursor === undefined) return state;
  const { sources, destinations } = matrixNames(state);
  const row = within(cursor.row + by.rows, sources.length);
  const column = within(cursor.column + by.columns, destinations.length);
  const { top, left } = state.matrix;
  const height = listHeight(state) - 1;
  return {
    ...state,
    matrix: {
      ...state.matrix,
      source: sources[row],
      destination: destinations[column],
      top: windowTop(top, { at: row, height, count: sources.length }),
      left: leftmost(state, left, column),
    },
  };
}

/** The first column that is shown: columns are as wide as their names, so they are tried. */
function leftmost(state: State, left: number, column: number): number {
  if (column < left) return column;
  let first = left;
  while (first < column && matrixColumns(state, first).length <= column - first) first += 1;
  return first;
}

function within(at: number, count: number): number {
  return Math.max(0, Math.min(at, count - 1));
}
