import type { State } from '../state/state.ts';

/** Something a key does. The last line, the menu and the keyboard read the same table. */
export interface Action {
  /** Keys by their names; the first is the one that is shown. */
  readonly keys: readonly string[];
  /** In a word or two, for the last line. */
  readonly name: string;
  /** In a sentence, for the menu. */
  readonly about: string;
  /** Whether it means something where the state is. */
  readonly applies: (state: State) => boolean;
  readonly run: (state: State) => State;
  /** Changes the mesh: offered only where that is allowed, and refused with a sentence elsewhere. */
  readonly writes?: true;
  /** Shown in the last line, lowest first; only in the menu where it is absent. */
  readonly rank?: number;
}

/** Whether a view lies open, with no page over it. */
export function inView({ pages }: State): boolean {
  return pages.length === 0;
}

/** Whether the matrix lies open. */
export function inMatrix(state: State): boolean {
  return inView(state) && state.view === 'intentions' && !state.matrix.isTable;
}

/** Whether a table lies open. */
export function inTable(state: State): boolean {
  return inView(state) && state.view !== 'overview' && !inMatrix(state);
}
