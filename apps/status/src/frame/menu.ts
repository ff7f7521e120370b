import { keyLabel, offered } from '../actions/actions.ts';
import { windowTop } from '../state/cursor.ts';
import type { Mode, State } from '../state/state.ts';
import { widthOf } from './fit.ts';
import { blank, type Line, line, span } from './span.ts';

const keysWidth = 17;
const nameWidth = 15;

/** Everything that can be done here, under the words that were typed. */
export function menuLines(
  state: State,
  { text, position }: Mode & { kind: 'menu' },
  height: number,
): readonly Line[] {
  const shown = offered(state, text);
  const room = Math.max(1, height - 2);
  const top = windowTop(0, { at: position, height: room, count: shown.length });
  const rows = shown.slice(top, top + room).map(({ keys, name, about }, at): Line => {
    const selected = top + at === position;
    return {
      spans: [
        span(selected ? '▸ ' : '  ', 'accent'),
        span(keys.map(keyLabel).join(' ').padEnd(keysWidth), 'accent'),
        span(name.padEnd(nameWidth), 'strong'),
        span(about),
      ],
      selected,
    };
  });
  const head = line('  ', span('search: ', 'faint'), span(text, 'strong'), span('█', 'accent'));
  const none = shown.length === 0 ? [line(span('  Nothing here is called that.', 'faint'))] : [];
  return [head, inFull(shown[position]?.about ?? '', state.size.columns), ...rows, ...none];
}

/** What the chosen one does, where there is no room for that in its row. */
function inFull(about: string, width: number): Line {
  const isCut = widthOf(about) > width - keysWidth - nameWidth - 2;
  return isCut ? line(span(`  ${about}`, 'faint')) : blank;
}
