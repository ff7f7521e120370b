import type { Line } from '../frame/span.ts';
import { type Column, naturalWidths, placeColumns, tableHead, tableRow } from '../frame/table.ts';
import type { Mesh } from '../model/mesh.ts';
import { isKept, parseFilter } from '../state/filter.ts';

/** Which column rows are sorted by. */
export interface Sort {
  readonly column: string;
  readonly descending: boolean;
}

/** What of a list is wanted. */
export interface ListQuestion {
  readonly filter: string;
  readonly onlyProblems: boolean;
  readonly sort: Sort;
  /** In milliseconds since 1970. */
  readonly now: number;
}

/** The rows that are shown, in their order. */
export interface Selection {
  readonly ids: readonly string[];
  /** How many there are without filters. */
  readonly total: number;
  /** Where a row stands; -1 where it is not shown. */
  readonly position: (id: string) => number;
  readonly head: (width: number) => Line;
  /** Some rows as lines; no other row costs anything. */
  readonly lines: (window: Window) => readonly Line[];
}

/** A part of a selection, as it is painted. */
export interface Window {
  readonly from: number;
  readonly to: number;
  readonly width: number;
  readonly now: number;
  readonly cursor: string | undefined;
}

/** A view that is a table. */
export interface ListView {
  readonly title: string;
  readonly columns: readonly string[];
  readonly sort: Sort;
  /** What to say where there is nothing at all. */
  readonly empty: string;
  readonly hasProblems: boolean;
  readonly select: (mesh: Mesh, question: ListQuestion) => Selection;
  /** Every row in full as texts, behind the titles. */
  readonly texts: (mesh: Mesh, now: number) => readonly (readonly string[])[];
}

/** What a view is made from. */
export interface ListDefinition<Row> {
  readonly title: string;
  readonly columns: readonly Column<Row>[];
  readonly sort: Sort;
  readonly empty: string;
  readonly source: (mesh: Mesh) => ReadonlyMap<string, Row> | readonly Row[];
  readonly id: (row: Row) => string;
  /** What a filter looks at. */
  readonly searched: (row: Row) => string;
  /** Absent where no row is a problem by itself: `only problems` then hides none. */
  readonly isProblem?: (row: Row, now: number) => boolean;
}

/** Makes a view. The last selection is kept: whatever is painted without a change of its rows sorts nothing. */
export function listView<Row>(definition: ListDefinition<Row>): ListView {
  let last: { readonly key: readonly unknown[]; readonly selection: Selection } | undefined;
  return {
    title: definition.title,
    columns: definition.columns.map(({ title }) => title),
    sort: definition.sort,
    empty: definition.empty,
    hasProblems: definition.isProblem !== undefined,
    select(mesh, question) {
      const key = selectionKey(definition.source(mesh), question);
      if (last === undefined || last.key.some((part, at) => part !== key[at])) {
        last = { key, selection: select(definition, mesh, question) };
      }
      return last.selection;
    },
    texts: (mesh, now) => texts(definition, mesh, now),
  };
}

/** Time decides what a problem is, but not from one second to the next. */
const patience = 10_000;

function selectionKey(source: unknown, question: ListQuestion): readonly unknown[] {
  const { filter, onlyProblems, sort, now } = question;
  const time = onlyProblems ? Math.floor(now / patience) : 0;
  return [source, filter, sort.column, sort.descending, onlyProblems, time];
}

function select<Row>(
  definition: ListDefinition<Row>,
  mesh: Mesh,
  question: ListQuestion,
): Selection {
  const { columns, id } = definition;
  const all = [...definition.source(mesh).values()];
  const rows = sorted(definition, kept(definition, all, question), question.sort);
  const ids = rows.map(id);
  const positions = new Map(ids.map((each, at) => [each, at]));
  const natural = naturalWidths(columns, rows);
  return {
    ids,
    total: all.length,
    position: (wanted) => positions.get(wanted) ?? -1,
    head: (width) => tableHead(placeColumns(columns, natural, width), question.sort),
    lines({ from, to, width, now, cursor }) {
      const placed = placeColumns(columns, natural, width);
      return rows
        .slice(from, to)
        .map((row) => tableRow(placed, row, { now, selected: id(row) === cursor }));
    },
  };
}

function texts<Row>(
  definition: ListDefinition<Row>,
  mesh: Mesh,
  now: number,
): readonly (readonly string[])[] {
  const { columns, source, sort } = definition;
  const rows = sorted(definition, [...source(mesh).values()], sort);
  const cells = rows.map((row) => columns.map(({ cell }) => cell(row, now).text || '−'));
  return [columns.map(({ title }) => title), ...cells];
}

function kept<Row>(
  { searched, isProblem }: ListDefinition<Row>,
  rows: readonly Row[],
  { filter, onlyProblems, now }: ListQuestion,
): readonly Row[] {
  const terms = parseFilter(filter);
  const troubled = onlyProblems ? isProblem : undefined;
  if (terms.length === 0 && troubled === undefined) return rows;
  return rows.filter(
    (row) =>
      (troubled === undefined || troubled(row, now)) &&
      (terms.length === 0 || isKept(terms, searched(row).toLowerCase())),
  );
}

function sorted<Row>(
  { columns, id }: ListDefinition<Row>,
  rows: readonly Row[],
  { column, descending }: Sort,
): readonly Row[] {
  const by = columns.find(({ title }) => title === column);
  const sortBy = by?.sortBy ?? ((row: Row) => by?.cell(row, 0).text ?? '');
  const keyed = rows.map((row) => ({ row, key: sortBy(row), id: id(row) }));
  const sign = descending ? -1 : 1;
  keyed.sort((a, b) => {
    if (a.key !== b.key) return a.key < b.key ? -sign : sign;
    return a.id < b.id ? -1 : 1;
  });
  return keyed.map(({ row }) => row);
}
