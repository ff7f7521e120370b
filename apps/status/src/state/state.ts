import type { WatchMatrixResponse } from '@chancery/mesh-api/v1/status';
import type { Tone } from '../frame/span.ts';
import { type Hearing, nothingHeard } from '../model/link.ts';
import type { Mesh } from '../model/mesh.ts';
import type { Sort } from '../views/list-view.ts';
import { type TableName, tables, type ViewName, viewNames } from '../views/views.ts';
import type { Page } from './page.ts';
import type { OpenQuestion, Question } from './question.ts';

/** Where someone is in a list. The cursor is an item; the position stands in where the item is gone. */
export interface ListState {
  readonly cursor: string | undefined;
  readonly position: number;
  /** The first row that is shown. */
  readonly top: number;
  readonly filter: string;
  readonly sort: Sort;
}

/** Where someone is in the matrix, by the names of services. */
export interface MatrixState {
  readonly source: string | undefined;
  readonly destination: string | undefined;
  readonly top: number;
  readonly left: number;
  readonly answer: WatchMatrixResponse | undefined;
  /** The intentions as a table instead. */
  readonly isTable: boolean;
}

/** What keys mean at the moment. */
export type Mode =
  | { readonly kind: 'browse' }
  | { readonly kind: 'filter'; readonly text: string }
  | { readonly kind: 'jump'; readonly text: string }
  | { readonly kind: 'reason'; readonly text: string }
  | { readonly kind: 'menu'; readonly text: string; readonly position: number };

/** Something said for a while in the last line. */
export interface Notice {
  readonly text: string;
  readonly tone: Tone;
  /** In milliseconds since 1970. */
  readonly until: number;
}

/** All there is to the screen. A value: every event makes a new one. */
export interface State {
  readonly hearing: Hearing;
  /** What is shown instead while it is held still. */
  readonly held: Mesh | undefined;
  /** In milliseconds since 1970. */
  readonly now: number;
  readonly size: Size;
  readonly mayWrite: boolean;
  readonly view: ViewName;
  readonly lists: Readonly<Record<ViewName, ListState>>;
  readonly onlyProblems: boolean;
  readonly matrix: MatrixState;
  readonly pages: readonly Page[];
  readonly mode: Mode;
  readonly notice: Notice | undefined;
  readonly questions: { readonly next: number; readonly open: readonly OpenQuestion[] };
  /** Texts for the clipboard: the last one, and how many there were. */
  readonly copied: { readonly text: string; readonly count: number };
  readonly isOver: boolean;
}

/** Of a terminal, in characters. */
export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** The screen before anything has happened. */
export function initialState(
  start: Pick<State, 'now' | 'size' | 'mayWrite'> & { readonly view?: ViewName },
): State {
  const { view = 'overview' } = start;
  return {
    hearing: nothingHeard,
    held: undefined,
    now: start.now,
    size: start.size,
    mayWrite: start.mayWrite,
    view,
    lists: Object.fromEntries(viewNames.map((name) => [name, initialList(name)])) as State['lists'],
    onlyProblems: false,
    matrix: {
      source: undefined,
      destination: undefined,
      top: 0,
      left: 0,
      answer: undefined,
      isTable: false,
    },
    pages: [],
    mode: { kind: 'browse' },
    notice: undefined,
    questions: { next: 1, open: [] },
    copied: { text: '', count: 0 },
    isOver: false,
  };
}

function initialList(name: ViewName): ListState {
  const sort =
    name === 'overview' ? { column: '', descending: false } : tables[name as TableName].sort;
  return { cursor: undefined, position: 0, top: 0, filter: '', sort };
}

/** The mesh as it is shown. */
export function shownMesh({ held, hearing }: State): Mesh {
  return held ?? hearing.mesh;
}

/** The page on top, if one is open. */
export function topPage({ pages }: State): Page | undefined {
  return pages.at(-1);
}

/** The state with another page on top. */
export function withTopPage(state: State, page: Page): State {
  return { ...state, pages: [...state.pages.slice(0, -1), page] };
}

/** The state with the present view's list changed. */
export function withList(state: State, change: Partial<ListState>): State {
  const list = { ...state.lists[state.view], ...change };
  return { ...state, lists: { ...state.lists, [state.view]: list } };
}

/** Asks the agent something; the number of the question is what its answer comes with. */
export function ask(state: State, question: Question): readonly [State, number] {
  const { next: id, open } = state.questions;
  return [{ ...state, questions: { next: id + 1, open: [...open, { id, question }] } }, id];
}

/** Says something in the last line for some seconds. */
export function notify(state: State, text: string, tone: Tone = 'plain'): State {
  return { ...state, notice: { text, tone, until: state.now + 5000 } };
}

/** Lines of the screen that are not the body: two of the head, the title, the last one; one below stays free. */
const frameLines = 5;

/** How many lines a view has for itself. */
export function bodyHeight({ rows }: Size): number {
  return Math.max(1, rows - frameLines);
}
