import type { MatrixCell } from '@chancery/mesh-api/v1/status';
import { fitted } from '../frame/fit.ts';
import { type Line, line, type Span, span } from '../frame/span.ts';
import { ago } from '../model/time.ts';
import { matrixCursor } from '../state/matrix-cursor.ts';
import { cellOf, isTroubledCell, matrixNames } from '../state/matrix-names.ts';
import type { State } from '../state/state.ts';
import { gap, type MatrixColumn, matrixColumns, sourceWidth } from './matrix-columns.ts';

/** Who may reach whom: a row a source, a column a destination. */
export function matrixLines(state: State, height: number): readonly Line[] {
  const { sources, destinations } = matrixNames(state);
  const cursor = matrixCursor(state);
  if (cursor === undefined) return [line(), ...emptyMatrix(state)];
  const columns = matrixColumns(state, Math.min(state.matrix.left, destinations.length - 1));
  const rows = Math.max(1, height - 3);
  const top = Math.max(0, Math.min(state.matrix.top, sources.length - rows));
  const shown = sources.slice(top, top + rows);
  const width = sourceWidth(sources);
  const lines = [
    headLine(columns, width, cursor.destination),
    ...shown.map((source) => rowLine(state, source, { columns, width, cursor })),
  ];
  while (lines.length < height - 2) lines.push(line());
  return [...lines, legend, pairLine(state, cursor)];
}

type Cursor = NonNullable<ReturnType<typeof matrixCursor>>;

function headLine(columns: readonly MatrixColumn[], width: number, destination: string): Line {
  return line(
    span(fitted('  FROM \\ TO', width + 2), 'faint'),
    ...columns.flatMap(({ name, width: room }) => [
      span(fitted(name, room), name === destination ? 'strong' : 'faint'),
      span(' '.repeat(gap)),
    ]),
  );
}

function rowLine(
  state: State,
  source: string,
  at: {
    readonly columns: readonly MatrixColumn[];
    readonly width: number;
    readonly cursor: Cursor;
  },
): Line {
  const isHere = source === at.cursor.source;
  const spans: Span[] = [
    span(isHere ? '▸ ' : '  ', 'accent'),
    span(fitted(source, at.width), isHere ? 'strong' : 'plain'),
  ];
  for (const { name, width } of at.columns) {
    const { text, tone } = cellSpan(cellOf(state, source, name));
    const isCursor = isHere && name === at.cursor.destination;
    spans.push(
      span(fitted(isCursor ? `[${text}]` : ` ${text}`, width), isCursor ? 'accent' : tone),
    );
    spans.push(span(' '.repeat(gap)));
  }
  return { spans };
}

/** Two or three signs: what holds, whether the source declares the destination, whether there was traffic. */
function cellSpan(cell: MatrixCell | undefined): Span {
  if (cell === undefined) return span('…', 'faint');
  const effective = cell.allowed ? '✓' : '✗';
  const text = `${effective}${cell.declared ? '→' : ' '}${cell.seen > 0n ? '●' : ''}`.trimEnd();
  if (isTroubledCell(cell)) return span(text, 'bad');
  if (cell.decidedBy === '') return span(text, 'faint');
  return span(text, cell.allowed ? 'good' : 'plain');
}

const legend: Line = line(
  span('  ✓ allowed  ✗ denied  → declared upstream  ● traffic seen  … not told yet', 'faint'),
);

function pairLine(state: State, { source, destination }: Cursor): Line {
  const cell = cellOf(state, source, destination);
  const pair = span(`  ${source} → ${destination}`, 'strong');
  if (cell === undefined) return line(pair, span('  not told yet', 'faint'));
  const by = cell.decidedBy === '' ? 'the default' : cell.decidedBy;
  const verdict = cell.allowed ? span('  ✓ allowed', 'good') : span('  ✗ denied', 'bad');
  const seen =
    cell.seen === 0n ? 'no traffic seen' : `seen ${times(cell.seen)}${lastSeen(cell, state.now)}`;
  const declared = cell.declared ? 'declared' : 'not declared';
  return line(pair, verdict, span(` by ${by}`), span(` · ${declared} · ${seen}`, 'faint'));
}

function times(count: bigint): string {
  return count === 1n ? 'once' : `${count} times`;
}

function lastSeen({ lastSeen }: MatrixCell, now: number): string {
  if (lastSeen === undefined) return '';
  return `, ${ago(lastSeen, now)}`;
}

function emptyMatrix(state: State): readonly Line[] {
  const isFiltered = state.lists.intentions.filter !== '' || state.onlyProblems;
  const text = isFiltered
    ? '  No pair is shown with these filters. esc takes them away.'
    : '  No service yet, so there is nobody to allow or deny.';
  return [line(span(text, 'faint'))];
}
