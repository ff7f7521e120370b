import { fitted, folded } from '../frame/fit.ts';
import { blank, type Line, line, span } from '../frame/span.ts';
import type { Mesh } from '../model/mesh.ts';
import { type Problem, problems } from '../model/problems.ts';
import { type age, length, milliseconds } from '../model/time.ts';
import { type State, shownMesh } from '../state/state.ts';
import { changeWords } from './history.ts';
import { figureLines, partNames } from './overview-figures.ts';
import type { ViewName } from './views.ts';

/** Something of the overview that can be entered: a view, or a row of one. */
export interface Area {
  readonly id: string;
  readonly view: ViewName;
  /** The row of the view. */
  readonly row?: string;
}

/** What the cursor moves over in the overview. */
export function areas(state: State): readonly Area[] {
  const found = problems(shownMesh(state), state.now).flatMap(({ view, id, text }) =>
    view === undefined || id === undefined ? [] : [{ id: text, view, row: id }],
  );
  return [...partNames.map((view) => ({ id: view, view })), ...found];
}

/** The overview: the state of each part in a line, what is wrong, and what was changed last. */
export function overviewLines(
  state: State,
  {
    width,
    height,
    cursor,
  }: { readonly width: number; readonly height: number; readonly cursor: string | undefined },
): readonly Line[] {
  const mesh = shownMesh(state);
  const { overview } = mesh;
  if (overview === undefined) return [line(span('  Nothing heard from the agent yet.', 'faint'))];
  const found = problems(mesh, state.now);
  const head = [...figureLines(mesh, state.now, cursor), blank];
  const room = Math.max(3, height - head.length);
  const wrong = problemLines(found, { width, room: Math.max(2, room - 5), cursor });
  const changes = changeLines(mesh, state.now, Math.max(0, room - wrong.length - 2));
  return [
    ...head,
    ...wrong,
    ...(changes.length > 0 ? [blank, heading('Last changes'), ...changes] : []),
  ];
}

function heading(text: string, tone: 'strong' | 'bad' = 'strong'): Line {
  return line('  ', span(text, tone));
}

interface Room {
  readonly width: number;
  readonly room: number;
  readonly cursor: string | undefined;
}

/** As many problems as there is room for, those around the cursor; how many more there are is told. */
function problemLines(found: readonly Problem[], { width, room, cursor }: Room): readonly Line[] {
  if (found.length === 0) return [line('  ', span('✓ No problems', 'good'))];
  const count = found.length === 1 ? '1 problem' : `${found.length} problems`;
  const at = found.findIndex(({ text }) => text === cursor);
  const from = Math.max(0, Math.min(at - room + 2, found.length - room + 1));
  const lines: Line[] = [heading(`✗ ${count}`, 'bad')];
  let shown = from;
  for (const { text } of found.slice(from)) {
    const parts = problemLine(text, width, text === cursor);
    if (lines.length + parts.length > room) break;
    lines.push(...parts);
    shown += 1;
  }
  const hidden = found.length - shown;
  return hidden === 0 ? lines : [...lines, line(span(`    … ${hidden} more`, 'faint'))];
}

/** A problem in two lines at most; all of it is where `enter` leads. */
function problemLine(text: string, width: number, selected: boolean): readonly Line[] {
  // One sign less than there is room for: what goes on elsewhere says so.
  const parts = folded(text, Math.max(10, width - 7));
  const shown = parts.slice(0, 2);
  if (parts.length > 2) shown[1] = `${shown[1]}…`;
  return shown.map((part, at) => ({
    spans: [
      span(selected && at === 0 ? '▸ ' : '  ', 'accent'),
      span(at === 0 ? '! ' : '  ', 'warn'),
      span(part),
    ],
    selected,
  }));
}

function changeLines({ history }: Mesh, now: number, room: number): readonly Line[] {
  const shown = history.slice(0, Math.max(0, room));
  const width = Math.min(20, Math.max(0, ...shown.map(({ by }) => by.length)));
  return shown.map(({ revision, at, by, reason, changes }) => {
    const [first] = changes;
    const more = changes.length > 1 ? ` and ${changes.length - 1} more` : '';
    return line(
      span(`  ${`r${revision}`.padEnd(7)}`, 'strong'),
      span(`${shortAge(at, now).padStart(7)}  `, 'faint'),
      span(`${fitted(by, width)}  `),
      span(first === undefined ? '−' : `${changeWords(first)}${more}`),
      span(reason === '' ? '' : `  "${reason}"`, 'faint'),
    );
  });
}

function shortAge(at: Parameters<typeof age>[0], now: number): string {
  return at === undefined ? '−' : length(Math.max(1000, now - milliseconds(at)));
}
