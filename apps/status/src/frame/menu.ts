import { keyLabel, offered } from '../actions/actions.ts';
import { windowTop } from '../state/cursor.ts';
import type { Mode, State } from '../state/state.ts';
import { blank, type Line, line, span } from './span.ts';

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
        span(keys.map(keyLabel).join(' ').padEnd(17), 'accent'),
        span(name.padEnd(15), 'strong'),
        span(about),
      ],
      selected,
    };
  });
  const head = line('  ', span('search: ', 'faint'), span(text, 'strong'), span('█', 'accent'));
  const none = shown.length === 0 ? [line(span('  Nothing here is called that.', 'faint'))] : [];
  return [head, blank, ...rows, ...none];
}
