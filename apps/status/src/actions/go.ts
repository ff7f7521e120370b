import { selection } from '../state/cursor.ts';
import { readJump } from '../state/jump.ts';
import { configured, explained } from '../state/open.ts';
import { notify, type State, withList } from '../state/state.ts';
import { type ViewName, viewNames } from '../views/views.ts';
import type { Action } from './action.ts';

/** What leads to a view. */
export const ways: readonly Action[] = [
  ...viewNames.map(
    (view, at): Action => ({
      keys: [String(at + 1)],
      name: view,
      about: `Go to ${view}`,
      applies: () => true,
      run: (state) => went(state, view),
    }),
  ),
  {
    keys: ['tab'],
    name: 'next view',
    about: 'Go to the next view',
    applies: () => true,
    run: (state) => went(state, viewBeside(state.view, 1)),
  },
  {
    keys: ['shift-tab'],
    name: 'view before',
    about: 'Go to the view before',
    applies: () => true,
    run: (state) => went(state, viewBeside(state.view, -1)),
  },
  {
    keys: [':'],
    name: 'jump',
    about: 'Jump by name: :proxies, :svc web, :explain web db',
    rank: 3,
    applies: () => true,
    run: (state) => ({ ...state, mode: { kind: 'jump', text: '' } }),
  },
];

/** The state in a view, with the cursor on a row if one is named; a row that is not there becomes a filter. */
export function went(state: State, view: ViewName, row = ''): State {
  const there: State = { ...state, view, pages: [], mode: { kind: 'browse' } };
  if (row === '' || view === 'overview') return there;
  if (view === 'intentions' && !there.matrix.isTable) {
    return { ...there, matrix: { ...there.matrix, source: row } };
  }
  const found = selection(there)?.position(row) ?? -1;
  if (found !== -1) return withList(there, { cursor: row, position: found });
  const bare = withList({ ...there, onlyProblems: false }, { filter: '' });
  const position = selection(bare)?.position(row) ?? -1;
  return position === -1
    ? withList(there, { filter: row })
    : withList(bare, { cursor: row, position });
}

/** The state after `:` and a line. */
export function jumped(state: State, text: string): State {
  const browsing: State = { ...state, mode: { kind: 'browse' } };
  if (text.trim() === '') return browsing;
  const jump = readJump(text);
  switch (jump.kind) {
    case 'view': {
      const isTable = jump.asTable ?? state.matrix.isTable;
      const matrix = {
        ...state.matrix,
        isTable: jump.view === 'intentions' ? isTable : state.matrix.isTable,
      };
      return went({ ...browsing, matrix }, jump.view, jump.name);
    }
    case 'explain':
      return explained(browsing, jump.source, jump.destination);
    case 'config':
      return configured(browsing, jump.proxy);
    case 'menu':
      return { ...state, mode: { kind: 'menu', text: '', position: 0 } };
    case 'quit':
      return { ...browsing, isOver: true };
    case 'wrong':
      return notify(browsing, jump.message, 'warn');
  }
}

function viewBeside(view: ViewName, by: number): ViewName {
  const count = viewNames.length;
  return viewNames[(viewNames.indexOf(view) + by + count) % count] ?? view;
}
