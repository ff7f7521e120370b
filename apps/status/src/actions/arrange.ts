import { cursorId } from '../state/cursor.ts';
import { type State, shownMesh, topPage, withList } from '../state/state.ts';
import { isTable, tables } from '../views/views.ts';
import { type Action, inTable, inView } from './action.ts';

/** What changes how much is shown, and in which order. */
export const arrangements: readonly Action[] = [
  {
    keys: ['/'],
    name: 'filter',
    about: 'Show only rows that have these words; !word hides those that have it',
    rank: 2,
    applies: (state) => inView(state) && isTable(state.view),
    run: (state) => ({
      ...state,
      mode: { kind: 'filter', text: state.lists[state.view].filter },
    }),
  },
  {
    keys: ['!'],
    name: 'only problems',
    about: 'Show only what an operator should look at, or all again',
    rank: 7,
    applies: inView,
    run: (state) => ({ ...state, onlyProblems: !state.onlyProblems }),
  },
  {
    keys: ['s'],
    name: 'sort',
    about: 'Sort by the next column',
    rank: 6,
    applies: inTable,
    run: (state) => sorted(state, 'next'),
  },
  {
    keys: ['S'],
    name: 'reverse',
    about: 'Turn the order round',
    applies: inTable,
    run: (state) => sorted(state, 'reverse'),
  },
  {
    keys: ['m'],
    name: 'matrix/table',
    about: 'Show the intentions as a table, or who may reach whom as a matrix',
    rank: 5,
    applies: (state) => inView(state) && state.view === 'intentions',
    run: (state) => ({ ...state, matrix: { ...state.matrix, isTable: !state.matrix.isTable } }),
  },
  {
    keys: [' '],
    name: 'pause',
    about: 'Hold what is shown still, or go on',
    rank: 8,
    applies: () => true,
    run: (state) => ({ ...state, held: state.held === undefined ? shownMesh(state) : undefined }),
  },
  {
    keys: ['escape', 'backspace'],
    name: 'back',
    about: 'Close the page; in a view, take its filters away',
    applies: () => true,
    run: back,
  },
  {
    keys: ['q'],
    name: 'quit',
    about: 'Close the page; in a view, quit',
    rank: 11,
    applies: () => true,
    run: (state) =>
      topPage(state) === undefined
        ? { ...state, isOver: true }
        : { ...state, pages: state.pages.slice(0, -1) },
  },
];

function back(state: State): State {
  if (state.pages.length > 0) return { ...state, pages: state.pages.slice(0, -1) };
  return withList({ ...state, onlyProblems: false }, { filter: '' });
}

/** The order changes and the cursor stays on its item. */
function sorted(state: State, how: 'next' | 'reverse'): State {
  const { view } = state;
  if (!isTable(view)) return state;
  const cursor = cursorId(state);
  const { sort } = state.lists[view];
  if (how === 'reverse')
    return withList(state, { cursor, sort: { ...sort, descending: !sort.descending } });
  const { columns } = tables[view];
  const column = columns[(columns.indexOf(sort.column) + 1) % columns.length] ?? sort.column;
  return withList(state, { cursor, sort: { column, descending: false } });
}
