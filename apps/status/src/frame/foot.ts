import type { Action } from '../actions/action.ts';
import { actions, keyLabel } from '../actions/actions.ts';
import { jumpWords } from '../state/jump.ts';
import type { Mode, State } from '../state/state.ts';
import { fitted, widthOf } from './fit.ts';
import { type Line, line, type Span, span } from './span.ts';

/** The last line: what is being typed, what was just said, or what the keys do here. */
export function footLine(state: State): Line {
  const { mode, notice } = state;
  if (mode.kind === 'menu') return line(span(' ↑↓ choose  enter do it  esc close', 'faint'));
  if (mode.kind !== 'browse') return typingLine(mode);
  if (notice !== undefined) return line(' ', span(notice.text, notice.tone));
  const { link } = state.hearing;
  return link.kind === 'lost' ? lostLine(link.reason, state) : keysLine(state);
}

const prompts = {
  filter: ['/', 'words; !word hides; enter keeps it, esc takes it away'],
  jump: [':', jumpWords.slice(0, 8).join(', ')],
  reason: ['reason: ', 'why; kept in the history'],
} as const;

function typingLine(mode: Exclude<Mode, { kind: 'browse' | 'menu' }>): Line {
  const [sign, hint] = prompts[mode.kind];
  return line(
    ' ',
    span(sign, 'accent'),
    span(mode.text, 'strong'),
    span('█', 'accent'),
    span(mode.text === '' ? `  ${hint}` : '', 'faint'),
  );
}

function isShown({ rank, writes, applies }: Action, state: State): boolean {
  return rank !== undefined && (state.mayWrite || writes !== true) && applies(state);
}

/** Why nothing comes any more; which call it was that failed is of no use here. */
function lostLine(reason: string, { size }: State): Line {
  const menu = [span('  ? ', 'accent'), span('menu', 'faint')];
  const text = ` ✗ ${reason.replace(/^Post "[^"]*": /, '')}`;
  return line(span(fitted(text, Math.max(10, size.columns - 9)), 'bad'), ...menu);
}

/** As many keys as there is room for, the most needed first. */
function keysLine(state: State): Line {
  const shown = actions
    .filter((each) => isShown(each, state))
    .sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0));
  const menu = shown.find(({ keys }) => keys[0] === '?');
  const spans: Span[] = [span(' ')];
  let room = state.size.columns - 10;
  for (const { keys, name } of shown) {
    if (keys[0] === '?') continue;
    const key = keyLabel(keys[0] ?? '');
    room -= widthOf(key) + widthOf(name) + 3;
    if (room < 0) break;
    spans.push(span(key, 'accent'), span(` ${name}  `, 'faint'));
  }
  if (menu !== undefined) spans.push(span('?', 'accent'), span(' menu', 'faint'));
  return { spans };
}
