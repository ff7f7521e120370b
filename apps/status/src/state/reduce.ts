import { heard, lost, opened } from '../model/link.ts';
import { answered } from './answered.ts';
import type { Event } from './event.ts';
import { pasted, pressed } from './keys.ts';
import { ask, type State, topPage, withTopPage } from './state.ts';

/** The screen after one more event. Pure: what is to be asked, copied or ended stands in the state. */
export function reduce(state: State, event: Event): State {
  switch (event.kind) {
    case 'key':
      return pressed(state, event.key);
    case 'paste':
      return pasted(state, event.text);
    case 'tick':
      return ticked(state, event.now);
    case 'resize':
      return { ...state, size: event.size };
    case 'opened':
      return { ...state, hearing: opened(state.hearing) };
    case 'message':
      return explainedAnew({ ...state, hearing: heard(state.hearing, event.message) });
    case 'lost':
      return { ...state, hearing: lost(state.hearing, event) };
    case 'matrix':
      return { ...state, matrix: { ...state.matrix, answer: event.answer } };
    case 'answered':
      return answered(state, event.id, event.answer);
  }
}

function ticked(state: State, now: number): State {
  const isOver = state.notice !== undefined && state.notice.until <= now;
  return { ...state, now, ...(isOver && { notice: undefined }) };
}

/** An explanation that is being read is asked for again when the mesh has changed since. */
function explainedAnew(state: State): State {
  const page = topPage(state);
  if (page?.kind !== 'explain' || page.answer?.kind !== 'explain') return state;
  if (page.answer.value.revision >= state.hearing.mesh.revision) return state;
  if (state.questions.open.some(({ id }) => id === page.asked)) return state;
  const { source, destination } = page;
  const [asking, asked] = ask(state, { kind: 'explain', source, destination });
  return withTopPage(asking, { ...page, asked });
}
