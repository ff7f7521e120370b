import { actionOf, offered } from '../actions/actions.ts';
import { jumped } from '../actions/go.ts';
import { completions } from './jump.ts';
import { type Mode, type State, topPage, withList, withTopPage } from './state.ts';

/** The state after a key. Ctrl-c ends the screen whatever else is open. */
export function pressed(before: State, key: string): State {
  if (key === 'ctrl-c') return { ...before, isOver: true };
  // Who presses a key has read what was told, and it stands where the next keys are named.
  const state: State = { ...before, notice: undefined };
  const { mode } = state;
  if (mode.kind === 'browse') return actionOf(state, key)?.run(state) ?? state;
  return mode.kind === 'menu' ? pressedInMenu(state, mode, key) : pressedInLine(state, mode, key);
}

/** The state after a paste: text where something is typed, nothing where keys would be commands. */
export function pasted(state: State, text: string): State {
  const { mode } = state;
  if (mode.kind === 'browse') return state;
  const words = text.replace(/\p{Cc}+/gu, ' ').slice(0, longest);
  return typed(state, mode, mode.text + words);
}

type LineMode = Exclude<Mode, { kind: 'browse' | 'menu' }>;
type TypingMode = Exclude<Mode, { kind: 'browse' }>;

/** No line is longer: whoever sits on a key fills no memory. */
const longest = 200;

function pressedInLine(state: State, mode: LineMode, key: string): State {
  switch (key) {
    case 'enter':
      return entered(state, mode);
    case 'escape':
      return left(state, mode);
    case 'backspace':
    case 'delete':
      return mode.text === '' ? left(state, mode) : typed(state, mode, mode.text.slice(0, -1));
    case 'ctrl-u':
      return typed(state, mode, '');
    case 'tab':
      return mode.kind === 'jump' ? typed(state, mode, completed(mode.text)) : state;
    default:
      return isText(key) ? typed(state, mode, mode.text + key) : state;
  }
}

function pressedInMenu(state: State, mode: Mode & { kind: 'menu' }, key: string): State {
  const shown = offered(state, mode.text);
  switch (key) {
    case 'escape':
      return browsing(state);
    case 'up':
    case 'down': {
      const wanted = mode.position + (key === 'down' ? 1 : -1);
      const position = Math.max(0, Math.min(wanted, shown.length - 1));
      return { ...state, mode: { ...mode, position } };
    }
    case 'enter':
      return shown[mode.position]?.run(browsing(state)) ?? browsing(state);
    case 'backspace':
      return mode.text === '' ? browsing(state) : typed(state, mode, mode.text.slice(0, -1));
    default:
      return isText(key) ? typed(state, mode, mode.text + key) : state;
  }
}

/** Something was typed: a filter works while it is written. */
function typed(state: State, mode: TypingMode, text: string): State {
  const cut = text.slice(0, longest);
  if (mode.kind === 'menu') return { ...state, mode: { ...mode, text: cut, position: 0 } };
  const next: State = { ...state, mode: { ...mode, text: cut } };
  return mode.kind === 'filter' ? withList(next, { filter: cut }) : next;
}

function entered(state: State, mode: LineMode): State {
  if (mode.kind === 'jump') return jumped(state, mode.text);
  const page = topPage(state);
  if (mode.kind === 'reason' && page?.kind === 'plan') {
    return withTopPage(browsing(state), { ...page, reason: mode.text.trim() });
  }
  return browsing(state);
}

/** Leaving a filter takes it away. */
function left(state: State, mode: LineMode): State {
  const next = browsing(state);
  return mode.kind === 'filter' ? withList(next, { filter: '' }) : next;
}

function browsing(state: State): State {
  return { ...state, mode: { kind: 'browse' } };
}

function completed(text: string): string {
  const [first, ...more] = completions(text);
  return first === undefined || more.length > 0 ? text : `${first} `;
}

function isText(key: string): boolean {
  return [...key].length === 1;
}
