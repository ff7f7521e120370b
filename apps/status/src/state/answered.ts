import type { Page } from './page.ts';
import type { Answer } from './question.ts';
import { ask, type State } from './state.ts';

/** The state with an answer on the page that asked for it; nowhere if that was closed. */
export function answered(state: State, id: number, answer: Answer): State {
  const open = state.questions.open.filter((each) => each.id !== id);
  const settled: State = {
    ...state,
    questions: { ...state.questions, open },
    pages: state.pages.map((page) => withAnswer(page, id, answer)),
  };
  return answer.kind === 'apply' ? followed(settled, id, answer.value.revision) : settled;
}

function withAnswer(page: Page, id: number, answer: Answer): Page {
  if ('asked' in page && page.asked === id) return { ...page, answer };
  if (page.kind !== 'plan') return page;
  if (page.applying === id) return { ...page, applied: answer };
  return page.following === id ? { ...page, enforced: answer } : page;
}

/** What was made is followed until the proxies have it. */
function followed(state: State, applying: number, revision: bigint): State {
  const isThere = state.pages.some((page) => page.kind === 'plan' && page.applying === applying);
  if (!isThere) return state;
  const [asking, following] = ask(state, { kind: 'enforced', revision });
  const pages = asking.pages.map((page) =>
    page.kind === 'plan' && page.applying === applying ? { ...page, following } : page,
  );
  return { ...asking, pages };
}
