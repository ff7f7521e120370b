import { configEntries } from '@chancery/config-entries';
import { encodeConfigEntry } from '@chancery/model';
import type { Change, Table } from '@chancery/store';
import { compareText } from '../compare-text.ts';
import { fieldChanges } from '../diff/field-changes.ts';
import type { DeclaredChange, FieldChange } from '../plan.ts';
import { redacted } from './redacted.ts';

/** A row as people know it. */
export interface ShownRow {
  /** The kind of a config entry, or `service`, `node`, `check`. */
  readonly kind: string;
  readonly name: string;
  /** Other names under which people look for it. */
  readonly also?: readonly string[];
  /** As the HTTP API shows it. */
  readonly json: object;
  /** Keys of `json` of which nothing is told but whether they change. */
  readonly hidden?: readonly string[];
}

/** How the rows of one table are shown. */
export interface ShownTable {
  readonly table: string;
  readonly shown: (row: unknown) => ShownRow;
}

/** Says how the rows of a table are shown. */
export function showing<Row>(table: Table<Row>, shown: (row: Row) => ShownRow): ShownTable {
  return { table: table.name, shown: (row) => shown(row as Row) };
}

/** Config entries as `/v1/config` shows them, but for the revisions. */
const shownEntries: ShownTable = showing(configEntries, (entry) => ({
  kind: entry.kind,
  name: entry.name,
  // Only when it is asked for: who looks for a name goes through many rows.
  get json() {
    return encodeConfigEntry(entry);
  },
}));

/** A change of a row as it is told, and the kind and the names under which people look for the row. */
export interface Told {
  readonly kind: string;
  readonly names: readonly string[];
  /** Made when it is asked for. */
  readonly change: DeclaredChange;
}

/** Tells changes of rows. */
export type Telling = (change: Change) => Told;

/** Tells changes of rows as their tables are shown; those of tables of which nothing is said, as they are stored. */
export function telling(tables: readonly ShownTable[]): Telling {
  const shown = new Map([shownEntries, ...tables].map((each) => [each.table, each.shown]));
  return (change) => told(change, shown.get(change.table) ?? asStored(change));
}

/** Changes as they are told, in an order that depends on nothing but what they are of. */
export function toldInOrder(changes: readonly Change[], tell: Telling): readonly DeclaredChange[] {
  return changes.toSorted(byPlace).map((change) => tell(change).change);
}

/** The same, a change a step; the first `most` of them where that is given. */
export function* tellingSteps(
  changes: readonly Change[],
  tell: Telling,
  most?: number,
): Generator<undefined, readonly DeclaredChange[]> {
  const told: DeclaredChange[] = [];
  for (const change of changes.toSorted(byPlace).slice(0, most)) {
    told.push(tell(change).change);
    yield;
  }
  return told;
}

/** By table and key. */
export function byPlace(a: Change, b: Change): number {
  return compareText(a.table, b.table) || compareText(a.key, b.key);
}

function asStored({ table: kind, key: name }: Change): ShownTable['shown'] {
  return (row) => ({ kind, name, json: row as object });
}

function told(change: Change, shown: ShownTable['shown']): Told {
  const before = change.before === undefined ? undefined : shown(change.before);
  const after = change.after === undefined ? undefined : shown(change.after);
  const { kind, name } = after ?? before ?? { kind: change.table, name: change.key };
  const names = [before, after].flatMap((row) => (row ? [row.name, ...(row.also ?? [])] : []));
  return {
    kind,
    names: [...new Set(names)],
    get change() {
      return declaredChange({ kind, name }, before && opened(before), after && opened(after));
    },
  };
}

function declaredChange(
  { kind, name }: Pick<ShownRow, 'kind' | 'name'>,
  before?: OpenRow,
  after?: OpenRow,
): DeclaredChange {
  return {
    kind,
    name,
    action: before === undefined ? 'create' : after === undefined ? 'delete' : 'update',
    ...(before && { before: before.open }),
    ...(after && { after: after.open }),
    fields: openFields(before, after),
  };
}

/** A row with what of it may be shown. */
interface OpenRow {
  readonly json: object;
  readonly hidden: readonly string[];
  /** The same object as `json` where nothing of it is left out. */
  readonly open: object;
}

const instead = '[hidden]';

function opened(row: ShownRow): OpenRow {
  const { json, hidden = [] } = row;
  return { json, hidden, open: redacted(hidden.length === 0 ? json : covered(json, hidden)) };
}

function covered(json: object, hidden: readonly string[]): object {
  const entries = Object.entries(json).map(([key, value]) => [
    key,
    hidden.includes(key) && value !== undefined ? instead : value,
  ]);
  return Object.fromEntries(entries);
}

/** Found before anything is hidden: that it changes is to be seen. */
function openFields(before?: OpenRow, after?: OpenRow): readonly FieldChange[] {
  const fields = fieldChanges(before?.json ?? {}, after?.json ?? {});
  if ([before, after].every((row) => row?.open === row?.json)) return fields;
  const hidden = [...(before?.hidden ?? []), ...(after?.hidden ?? [])];
  return fields.map((field) => {
    const [key = ''] = field.path.split(/[.[]/, 1);
    if (!hidden.includes(key)) return redacted(field);
    return {
      path: key,
      ...('before' in field && { before: instead }),
      ...('after' in field && { after: instead }),
    };
  });
}
