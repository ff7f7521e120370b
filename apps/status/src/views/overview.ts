import { fitted } from '../frame/fit.ts';
import { blank, type Line, line, span } from '../frame/span.ts';
import type { Mesh } from '../model/mesh.ts';
import { problems } from '../model/problems.ts';
import { type age, length, milliseconds } from '../model/time.ts';
import { warnings } from '../model/warnings.ts';
import { type State, shownMesh } from '../state/state.ts';
import { type Concerns, concernLines } from './concern-lines.ts';
import { changesWords } from './history.ts';
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
  const concerns = concernsOf(shownMesh(state), state.now);
  const found = [...concerns.problems, ...concerns.warnings].flatMap(({ view, id, text }) =>
    view === undefined || id === undefined ? [] : [{ id: text, view, row: id }],
  );
  return [...partNames.map((view) => ({ id: view, view })), ...found];
}

function concernsOf(mesh: Mesh, now: number): Concerns {
  return { problems: problems(mesh, now), warnings: warnings(mesh) };
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
  const concerns = concernsOf(mesh, state.now);
  const head = [...figureLines(mesh, state.now, cursor), blank];
  const room = Math.max(3, height - head.length);
  const wrong = concernLines(concerns, { width, room: Math.max(2, room - 5), cursor });
  const changes = changeLines(mesh, state.now, Math.max(0, room - wrong.length - 2));
  return [
    ...head,
    ...wrong,
    ...(changes.length > 0 ? [blank, line('  ', span('Last changes', 'strong')), ...changes] : []),
  ];
}

function changeLines({ history }: Mesh, now: number, room: number): readonly Line[] {
  const shown = history.slice(0, Math.max(0, room));
  const width = Math.min(20, Math.max(0, ...shown.map(({ by }) => by.length)));
  return shown.map((item) => {
    const { revision, at, by, reason } = item;
    return line(
      span(`  ${`r${revision}`.padEnd(7)}`, 'strong'),
      span(`${shortAge(at, now).padStart(7)}  `, 'faint'),
      span(`${fitted(by, width)}  `),
      span(changesWords(item) ?? '−'),
      span(reason === '' ? '' : `  "${reason}"`, 'faint'),
    );
  });
}

function shortAge(at: Parameters<typeof age>[0], now: number): string {
  return at === undefined ? '−' : length(Math.max(1000, now - milliseconds(at)));
}
