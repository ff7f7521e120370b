import { Map as PersistentMap } from 'immutable';
import type { StoredRow } from './journal.ts';
import { freezeRow } from './json-row.ts';
import type { Revision, RowRevisions } from './revision.ts';
import { noKeys, type SortedKeys, withKey, withoutKey } from './sorted-keys.ts';
import type { Table } from './table.ts';

/** A row and the commits it comes from. */
export interface Cell extends RowRevisions {
  readonly row: unknown;
}

/** A table's rows at one revision, by primary key and by each index. */
export interface TableState {
  readonly table: Table<never>;
  readonly cells: PersistentMap<string, Cell>;
  readonly keys: SortedKeys;
  /** The primary keys under each `index\0key`. */
  readonly indexed: PersistentMap<string, SortedKeys>;
}

/** All tables at one revision: a value, shared and never changed. */
export interface State {
  readonly revision: Revision;
  readonly tables: PersistentMap<string, TableState>;
}

/** @throws Error when two tables share a name. */
export function emptyState(tables: readonly Table<never>[], revision: Revision): State {
  let states = PersistentMap<string, TableState>();
  for (const table of tables) {
    if (states.has(table.name)) throw new Error(`two tables are named "${table.name}"`);
    const cells = PersistentMap<string, Cell>();
    const indexed = PersistentMap<string, SortedKeys>();
    states = states.set(table.name, { table, cells, keys: noKeys, indexed });
  }
  return { revision, tables: states };
}

/** @throws Error when the store was opened without the table. */
export function tableState(state: State, name: string): TableState {
  const found = state.tables.get(name);
  if (found === undefined) throw new Error(`the store was opened without a table "${name}"`);
  return found;
}

/** @throws Error when the table has no such index. */
export function indexedKeys(state: TableState, index: string, key: string): SortedKeys {
  if (!Object.hasOwn(state.table.indexes, index)) {
    throw new Error(`table "${state.table.name}" has no index "${index}"`);
  }
  return state.indexed.get(`${index}\0${key}`) ?? noKeys;
}

/** The `[index, key]` pairs under which a row is found. */
export function indexKeys(table: Table<never>, row: unknown): [string, string][] {
  return Object.entries(table.indexes).flatMap(([index, keysOf]) =>
    keysOf(row as never).map((key): [string, string] => [index, key]),
  );
}

/** The table with a cell put in, or taken out when there is none. */
export function withCell(state: TableState, key: string, cell: Cell | undefined): TableState {
  const before = state.cells.get(key);
  const old = before === undefined ? [] : indexKeys(state.table, before.row);
  const next = cell === undefined ? [] : indexKeys(state.table, cell.row);
  return {
    table: state.table,
    cells: cell === undefined ? state.cells.delete(key) : state.cells.set(key, cell),
    keys: cell === undefined ? withoutKey(state.keys, key) : withKey(state.keys, key),
    indexed: reindexed(state.indexed, key, old, next),
  };
}

/** The table with maps that `withCell` changes in place, until it is `settledTable`: for many cells at a time. */
export function draftedTable(state: TableState): TableState {
  const { cells, indexed } = state;
  return { ...state, cells: cells.asMutable(), indexed: indexed.asMutable() };
}

/** What was drafted, as a value again. */
export function settledTable(state: TableState): TableState {
  const { cells, indexed } = state;
  return { ...state, cells: cells.asImmutable(), indexed: indexed.asImmutable() };
}

function reindexed(
  indexed: TableState['indexed'],
  key: string,
  old: readonly [string, string][],
  next: readonly [string, string][],
): TableState['indexed'] {
  const kept = new Set(next.map(([index, indexKey]) => `${index}\0${indexKey}`));
  let result = indexed;
  for (const [index, indexKey] of old) {
    const place = `${index}\0${indexKey}`;
    if (kept.has(place)) continue;
    const left = withoutKey(result.get(place) ?? noKeys, key);
    result = left.length === 0 ? result.delete(place) : result.set(place, left);
  }
  for (const place of kept) {
    const there = result.get(place) ?? noKeys;
    const grown = withKey(there, key);
    if (grown !== there) result = result.set(place, grown);
  }
  return result;
}

/**
 * The state with the rows a journal gives back.
 *
 * @throws Error for a row of a table this program does not know, and for a row found under a key that
 * is not its own: going on without them would lose them.
 */
export function loadState(empty: State, rows: Iterable<StoredRow>): State {
  const tables = empty.tables.asMutable();
  for (const { table: name, key, row, created, modified } of rows) {
    const state = tables.get(name);
    if (state === undefined) {
      throw new Error(
        `the journal holds rows of a table "${name}" that this version does not know; it was written by another version`,
      );
    }
    freezeRow(row, `row "${key}" of table "${name}"`);
    if (state.table.key(row as never) !== key) {
      throw new Error(`the journal holds a row of table "${name}" under the wrong key "${key}"`);
    }
    tables.set(name, withCell(state, key, { row, created, modified }));
  }
  return { revision: empty.revision, tables: tables.asImmutable() };
}
