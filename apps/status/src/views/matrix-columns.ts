import { widthOf } from '../frame/fit.ts';
import { matrixNames } from '../state/matrix-names.ts';
import type { State } from '../state/state.ts';

const widestName = 16;
/** The three signs of a pair in the brackets of the cursor. */
const narrowest = 5;
/** Between two columns. */
export const gap = 2;

/** A column of the matrix, and how wide. */
export interface MatrixColumn {
  readonly name: string;
  readonly width: number;
}

/** The destinations that have room, from one on. */
export function matrixColumns(state: State, from: number): readonly MatrixColumn[] {
  const { sources, destinations } = matrixNames(state);
  let room = state.size.columns - sourceWidth(sources) - 2;
  const columns: MatrixColumn[] = [];
  for (const name of destinations.slice(from, from + 100)) {
    const width = Math.max(narrowest, Math.min(widestName, widthOf(name)));
    room -= width + gap;
    if (room < 0 && columns.length > 0) break;
    columns.push({ name, width });
  }
  return columns;
}

/** How wide the names of the sources are shown. */
export function sourceWidth(sources: readonly string[]): number {
  let width = 9;
  for (const name of sources) {
    width = Math.max(width, Math.min(24, widthOf(name)));
    if (width === 24) break;
  }
  return width + 2;
}
