import type { Operation } from './change.ts';
import { freezeRow, sameJson } from './json-row.ts';
import type { Revision } from './revision.ts';
import {
  type Cell,
  draftedTable,
  indexKeys,
  type State,
  settledTable,
  type TableState,
  tableState,
  withCell,
} from './state.ts';
import type { Table } from './table.ts';
import { indexTouch, rowTouch, type TouchKey, tableTouch } from './touch-key.ts';

/** What became of one row. */
export interface CellChange {
  readonly table: Table<never>;
  readonly key: string;
  readonly before: Cell | undefined;
  readonly after: Cell | undefined;
}

/** A state after operations, and all that is different. */
export interface Applied {
  readonly state: State;
  readonly changes: readonly CellChange[];
  /** Gathered when they are asked for: whoever only looks what would become of rows does not need them. */
  readonly touched: () => ReadonlySet<TouchKey>;
}

/**
 * Applies operations as one commit, giving the next revision. Of several operations on one row the
 * last counts; what is equal to what is there is no change, and no change leaves the state as it is.
 *
 * @throws Error for a table the store does not have or a row that is not JSON.
 */
export function applyOperations(state: State, operations: readonly Operation[]): Applied {
  const revision = state.revision + 1;
  const changes: CellChange[] = [];
  const drafts = new Map<string, TableState>();
  for (const wish of wishes(state, operations)) {
    const draft = drafts.get(wish.name);
    const current = draft ?? tableState(state, wish.name);
    const change = changeOf(current, wish, revision);
    if (change === undefined) continue;
    drafts.set(wish.name, withCell(draft ?? draftedTable(current), change.key, change.after));
    changes.push(change);
  }
  let touched: ReadonlySet<TouchKey> | undefined;
  return {
    state: changes.length === 0 ? state : { revision, tables: withTables(state.tables, drafts) },
    changes,
    touched: () => {
      touched ??= touchKeys(changes);
      return touched;
    },
  };
}

/** None where all is so already. */
function changeOf(
  { table, cells }: TableState,
  { key, row }: Wish,
  revision: Revision,
): CellChange | undefined {
  const before = cells.get(key);
  if (row === undefined) {
    return before === undefined ? undefined : { table, key, before, after: undefined };
  }
  if (before !== undefined && sameJson(before.row, row)) return undefined;
  const after = { row, created: before?.created ?? revision, modified: revision };
  return { table, key, before, after };
}

function withTables(
  tables: State['tables'],
  drafts: ReadonlyMap<string, TableState>,
): State['tables'] {
  let result = tables;
  for (const [name, draft] of drafts) result = result.set(name, settledTable(draft));
  return result;
}

interface Wish {
  readonly name: string;
  readonly key: string;
  /** Undefined to delete the row. */
  readonly row: unknown;
}

function wishes(state: State, operations: readonly Operation[]): Iterable<Wish> {
  const byRow = new Map<string, Wish>();
  for (const operation of operations) {
    const { table } = tableState(state, operation.table.name);
    const wish = operation.op === 'put' ? putWish(table, operation.row) : operation;
    byRow.set(rowTouch(table.name, wish.key), {
      name: table.name,
      key: wish.key,
      row: 'row' in wish ? wish.row : undefined,
    });
  }
  return byRow.values();
}

function putWish(table: Table<never>, row: unknown): { key: string; row: unknown } {
  freezeRow(row, `a row of table "${table.name}"`);
  return { key: table.key(row as never), row };
}

/** The row, its index keys before and after, and the table of every change. */
function touchKeys(changes: readonly CellChange[]): ReadonlySet<TouchKey> {
  const touched = new Set<TouchKey>();
  for (const { table, key, before, after } of changes) {
    touched.add(rowTouch(table.name, key)).add(tableTouch(table.name));
    for (const cell of [before, after]) {
      if (cell === undefined) continue;
      for (const [index, indexKey] of indexKeys(table, cell.row)) {
        touched.add(indexTouch(table.name, index, indexKey));
      }
    }
  }
  return touched;
}
