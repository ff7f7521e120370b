import { isIdle } from '../pages/plan-lines.ts';
import { cursorId } from '../state/cursor.ts';
import { matrixCursor } from '../state/matrix-cursor.ts';
import { planned } from '../state/open.ts';
import type { PlanPage } from '../state/page.ts';
import type { Write } from '../state/question.ts';
import { ask, notify, type State, shownMesh, topPage, withTopPage } from '../state/state.ts';
import { type Action, inMatrix, inView } from './action.ts';

/** What changes the mesh: each is planned first, and made when it was read. */
export const writes: readonly Action[] = [
  intention('a', 'allow', 'Allow the source to reach the destination: shows the plan first'),
  intention('d', 'deny', 'Deny the source to reach the destination: shows the plan first'),
  intention('D', 'delete', 'Delete the intention of the pair: shows the plan first'),
  {
    keys: ['r'],
    name: 'roll back',
    about: 'Make the config entries what they were at this revision: shows the plan first',
    rank: 5,
    writes: true,
    applies: (state) => revisionInSight(state) !== undefined,
    run(state) {
      const revision = revisionInSight(state);
      return revision === undefined ? state : writing(state, { kind: 'rollback', revision });
    },
  },
  {
    keys: ['Y'],
    name: 'make it',
    about: 'Make the change that the plan shows, and no other',
    rank: 1,
    applies: (state) => readyPlan(state) !== undefined,
    run: confirmed,
  },
  {
    keys: ['e'],
    name: 'reason',
    about: 'Write down why; it is kept in the history',
    rank: 2,
    applies: (state) => readyPlan(state) !== undefined,
    run: (state) => ({ ...state, mode: { kind: 'reason', text: readyPlan(state)?.reason ?? '' } }),
  },
  {
    keys: ['n'],
    name: 'leave it',
    about: 'Close the plan and change nothing',
    rank: 3,
    applies: (state) => readyPlan(state) !== undefined,
    run: (state) => ({ ...state, pages: state.pages.slice(0, -1) }),
  },
];

/** The plan on top, if it can be made: answered, of something, and not made yet. */
function readyPlan(state: State): PlanPage | undefined {
  const page = topPage(state);
  if (!state.mayWrite || page?.kind !== 'plan' || page.answer?.kind !== 'plan') return undefined;
  return page.applying === undefined && !isIdle(page.answer.value) ? page : undefined;
}

function intention(key: string, effect: 'allow' | 'deny' | 'delete', about: string): Action {
  return {
    keys: [key],
    name: effect,
    about,
    rank: 4,
    writes: true,
    applies: (state) => pairToWrite(state) !== undefined,
    run(state) {
      const pair = pairToWrite(state);
      return pair === undefined ? state : writing(state, { kind: 'intention', effect, ...pair });
    },
  };
}

function writing(state: State, write: Write): State {
  return state.mayWrite
    ? planned(state, write)
    : notify(
        state,
        'This screen is read-only: with chancery status -write keys change the mesh.',
        'warn',
      );
}

interface Pair {
  readonly source: string;
  readonly destination: string;
}

function pairToWrite(state: State): Pair | undefined {
  const page = topPage(state);
  if (page?.kind === 'explain') return { source: page.source, destination: page.destination };
  if (page?.kind === 'intention') return rowPair(state, page.id);
  if (!inView(state) || state.view !== 'intentions') return undefined;
  if (!inMatrix(state)) return rowPair(state, cursorId(state) ?? '');
  const cursor = matrixCursor(state);
  return cursor && { source: cursor.source, destination: cursor.destination };
}

function rowPair(state: State, id: string): Pair | undefined {
  const row = shownMesh(state).intentions.get(id);
  return row && { source: row.source, destination: row.destination };
}

function revisionInSight(state: State): bigint | undefined {
  const page = topPage(state);
  if (page?.kind === 'change') return page.revision;
  const id = page === undefined && state.view === 'history' ? cursorId(state) : undefined;
  return id === undefined ? undefined : BigInt(id);
}

function confirmed(state: State): State {
  const page = readyPlan(state);
  if (page?.answer?.kind !== 'plan') return state;
  const { write, reason } = page;
  const { value, change } = page.answer;
  const [asking, applying] = ask(state, {
    kind: 'apply',
    write,
    change,
    digest: value.digest,
    reason,
  });
  return withTopPage(asking, { ...page, applying, top: 0 });
}
