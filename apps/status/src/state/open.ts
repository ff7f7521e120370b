import type { PageSubject } from './page.ts';
import type { Write } from './question.ts';
import { ask, type State } from './state.ts';

/** The state with one more page on top. */
export function opened(state: State, subject: PageSubject): State {
  return { ...state, pages: [...state.pages, { ...subject, top: 0 }] };
}

/** Asks why one service may or may not reach another, on a page of its own. */
export function explained(state: State, source: string, destination: string): State {
  const [asking, asked] = ask(state, { kind: 'explain', source, destination });
  return opened(asking, { kind: 'explain', source, destination, asked, answer: undefined });
}

/** Asks for the resources of a proxy, on a page of its own. */
export function configured(state: State, proxy: string): State {
  const [asking, asked] = ask(state, { kind: 'config', proxy });
  return opened(asking, { kind: 'config', proxy, asked, answer: undefined });
}

/** Asks what a change would do, on a page that can make it. */
export function planned(state: State, write: Write): State {
  const [asking, asked] = ask(state, { kind: 'plan', write });
  return opened(asking, {
    kind: 'plan',
    write,
    reason: '',
    asked,
    answer: undefined,
    applying: undefined,
    applied: undefined,
    following: undefined,
    enforced: undefined,
  });
}
