import { cursorId } from '../state/cursor.ts';
import { matrixCursor } from '../state/matrix-cursor.ts';
import { configured, explained, opened } from '../state/open.ts';
import { notify, type State, shownMesh, topPage } from '../state/state.ts';
import { areas } from '../views/overview.ts';
import { type Action, inMatrix, inView } from './action.ts';
import { went } from './go.ts';

/** What opens something. */
export const openings: readonly Action[] = [
  {
    keys: ['enter'],
    name: 'open',
    about: 'Open what is under the cursor; in the matrix, explain the pair',
    rank: 1,
    applies: inView,
    run: entered,
  },
  {
    keys: ['x'],
    name: 'explain',
    about: 'Explain why one service may or may not reach another',
    rank: 4,
    applies: () => true,
    run: explaining,
  },
  {
    keys: ['c'],
    name: 'config',
    about: 'Show the resources of the proxy, secrets redacted',
    rank: 5,
    applies: (state) => proxyInSight(state) !== undefined,
    run(state) {
      const proxy = proxyInSight(state);
      return proxy === undefined ? state : configured(state, proxy);
    },
  },
  {
    keys: ['y'],
    name: 'copy',
    about: 'Copy the name under the cursor to the clipboard of the terminal',
    rank: 9,
    applies: (state) => topPage(state)?.kind !== 'plan',
    run: copied,
  },
];

function entered(state: State): State {
  if (inMatrix(state)) {
    const pair = matrixCursor(state);
    return pair === undefined ? state : explained(state, pair.source, pair.destination);
  }
  const id = cursorId(state);
  if (id === undefined) return state;
  switch (state.view) {
    case 'overview': {
      const area = areas(state).find((each) => each.id === id);
      return area === undefined ? state : went(state, area.view, area.row);
    }
    case 'proxies':
      return opened(state, { kind: 'proxy', id });
    case 'services':
      return opened(state, { kind: 'service', name: id });
    case 'certificates':
      return opened(state, { kind: 'certificate', id });
    case 'history':
      return opened(state, { kind: 'change', revision: BigInt(id) });
    case 'intentions':
      return opened(state, { kind: 'intention', id });
  }
}

/** Explains the pair that is in sight; where only one service is, the other is asked for. */
function explaining(state: State): State {
  const { source = '', destination = '' } = pairInSight(state);
  if (source !== '' && destination !== '') return explained(state, source, destination);
  const text = source === '' ? 'explain ' : `explain ${source} `;
  return { ...state, mode: { kind: 'jump', text } };
}

interface Pair {
  readonly source?: string;
  readonly destination?: string;
}

function pairInSight(state: State): Pair {
  const page = topPage(state);
  if (page?.kind === 'service') return { source: page.name };
  if (page?.kind === 'proxy') return sourceOf(state, page.id);
  if (page?.kind === 'intention') return namedPair(state, page.id);
  if (page !== undefined) return {};
  if (inMatrix(state)) return matrixCursor(state) ?? {};
  const id = cursorId(state) ?? '';
  if (state.view === 'services') return { source: id };
  if (state.view === 'proxies') return sourceOf(state, id);
  return state.view === 'intentions' ? namedPair(state, id) : {};
}

/** Of an intention for everybody one name is open. */
function namedPair(state: State, id: string): Pair {
  const { source = '', destination = '' } = shownMesh(state).intentions.get(id) ?? {};
  return {
    ...(source !== '*' && { source }),
    ...(destination !== '*' && { destination }),
  };
}

function sourceOf(state: State, proxy: string): Pair {
  const service = shownMesh(state).proxies.get(proxy)?.service;
  return service ? { source: service } : {};
}

function proxyInSight(state: State): string | undefined {
  const page = topPage(state);
  if (page?.kind === 'proxy') return page.id;
  return page === undefined && state.view === 'proxies' ? cursorId(state) : undefined;
}

function copied(state: State): State {
  const text = textInSight(state);
  if (text === undefined || text === '') return notify(state, 'There is nothing here to copy.');
  const count = state.copied.count + 1;
  return notify({ ...state, copied: { text, count } }, `Copied: ${text}`, 'good');
}

function textInSight(state: State): string | undefined {
  const page = topPage(state);
  if (page?.kind === 'explain') return `chancery explain ${page.source} ${page.destination}`;
  if (page?.kind === 'service') return page.name;
  if (page?.kind === 'config') return page.proxy;
  if (page?.kind === 'change') return String(page.revision);
  if (page !== undefined) return 'id' in page ? page.id : undefined;
  if (!inMatrix(state)) return cursorId(state);
  const pair = matrixCursor(state);
  return pair && `${pair.source} ${pair.destination}`;
}
