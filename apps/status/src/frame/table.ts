import { fitted, widthOf } from './fit.ts';
import { type Line, type Span, span } from './span.ts';

/** A column of a table. */
export interface Column<Row> {
  readonly title: string;
  /** What a row has in it, at a time in milliseconds since 1970. */
  readonly cell: (row: Row, now: number) => Span;
  /** What rows are sorted by; the text of the cell unless it is given. */
  readonly sortBy?: (row: Row) => string | number;
  readonly align?: 'right';
  /** No narrower than this, and no wider. */
  readonly width: readonly [least: number, most: number];
  /** Columns with a higher number are left out first where there is no room; 0 is never left out. */
  readonly spare: number;
}

/** A column that is shown, and how wide. */
export interface PlacedColumn<Row> {
  readonly column: Column<Row>;
  readonly width: number;
}

const gap = 2;

/** Which columns are shown in so much room, and how wide: as wide as their widest cell if there is room for that. */
export function placeColumns<Row>(
  columns: readonly Column<Row>[],
  natural: readonly number[],
  room: number,
): readonly PlacedColumn<Row>[] {
  let shown = columns.map((column, at) => ({ column, width: natural[at] ?? column.width[0] }));
  while (wanted(shown) > room && shown.some(({ column }) => column.spare > 0)) {
    const most = Math.max(...shown.map(({ column }) => column.spare));
    const last = shown.findLastIndex(({ column }) => column.spare === most);
    shown = shown.filter((_, at) => at !== last);
  }
  return shrunk(shown, room);
}

/** How wide each column would like to be: as its widest cell, within its bounds. */
export function naturalWidths<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
): readonly number[] {
  return columns.map(({ title, cell, width: [narrow, wide] }) => {
    let width = Math.max(narrow, widthOf(title) + 1);
    for (const row of rows) {
      if (width >= wide) break;
      width = Math.max(width, widthOf(cell(row, 0).text));
    }
    return Math.min(width, Math.max(wide, narrow));
  });
}

/** The titles; the sorted column has an arrow. */
export function tableHead<Row>(
  placed: readonly PlacedColumn<Row>[],
  sort: { readonly column: string; readonly descending: boolean } | undefined,
): Line {
  const spans = [span('  ')];
  for (const { column, width } of placed) {
    const isSorted = sort?.column === column.title;
    const title = isSorted ? `${column.title}${sort?.descending ? '▼' : '▲'}` : column.title;
    spans.push(span(fitted(title, width, column.align), 'faint'), span(' '.repeat(gap)));
  }
  return { spans };
}

/** One row; the one with the cursor has a mark, whatever the terminal makes of colours. */
export function tableRow<Row>(
  placed: readonly PlacedColumn<Row>[],
  row: Row,
  { now, selected }: { readonly now: number; readonly selected: boolean },
): Line {
  const spans = [span(selected ? '▸ ' : '  ', 'accent')];
  for (const { column, width } of placed) {
    const { text, tone } = column.cell(row, now);
    spans.push({ text: fitted(text, width, column.align), tone }, span(' '.repeat(gap)));
  }
  return { spans, selected };
}

/** What must be there is given this much before anything else is shown beside it. */
const comfortable = 20;

function wanted<Row>(placed: readonly PlacedColumn<Row>[]): number {
  return placed.reduce((sum, { column, width }) => {
    const [least] = column.width;
    const own = Math.min(width, column.spare === 0 ? Math.max(least, comfortable) : least);
    return sum + own + gap;
  }, gap);
}

/** Takes what is too much from the widest columns. */
function shrunk<Row>(
  placed: readonly PlacedColumn<Row>[],
  room: number,
): readonly PlacedColumn<Row>[] {
  const widths = placed.map(({ width }) => width);
  const taken = (): number => widths.reduce((sum, width) => sum + width + gap, gap);
  while (taken() > room) {
    let widest = -1;
    for (const [at, width] of widths.entries()) {
      const mayShrink = width > (placed[at]?.column.width[0] ?? 0);
      if (mayShrink && width > (widths[widest] ?? 0)) widest = at;
    }
    if (widest === -1) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return placed.map((each, at) => ({ ...each, width: widths[at] ?? each.width }));
}
