import { bodyHeight, type State, shownMesh } from '../state/state.ts';
import { asciiLine } from './ascii.ts';
import { bodyLines } from './body.ts';
import { fitLine } from './fit.ts';
import { footLine } from './foot.ts';
import { headLine, tabsLine, titleLine } from './head.ts';
import { blank, type Line, line, span } from './span.ts';

/** No smaller terminal is drawn on. */
const least = { columns: 60, rows: 15 };

/** The whole screen as lines: one fewer than the terminal has, so that nothing scrolls. */
export function frame(
  state: State,
  { ascii = false }: { readonly ascii?: boolean } = {},
): readonly Line[] {
  const { columns, rows } = state.size;
  const isSmall = columns < least.columns || rows < least.rows;
  const lines = isSmall ? smallLines(state) : fullLines(state);
  const shown = lines.slice(0, Math.max(1, rows - 1)).map((each) => fitLine(each, columns));
  return ascii ? shown.map(asciiLine) : shown;
}

function fullLines(state: State): readonly Line[] {
  const height = bodyHeight(state.size);
  const body = bodyLines(state, height);
  const filled = [...body, ...Array.from({ length: height }, () => blank)].slice(0, height);
  const shown = isStale(state) ? filled.map(faded) : filled;
  return [headLine(state), tabsLine(state), titleLine(state), ...shown, footLine(state)];
}

/** What was heard last stays in sight, and is seen to be old. */
function isStale(state: State): boolean {
  return state.hearing.link.kind === 'lost' && shownMesh(state).at !== undefined;
}

function faded({ spans }: Line): Line {
  return { spans: spans.map(({ text }) => ({ text, tone: 'faint' })) };
}

function smallLines({ size: { columns, rows } }: State): readonly Line[] {
  return [
    line(span('chancery status', 'strong')),
    line(`needs ${least.columns} x ${least.rows} characters,`),
    line(`has ${columns} x ${rows}.`),
    line('q quits.'),
  ];
}
