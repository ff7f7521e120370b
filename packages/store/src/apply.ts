import type { Operation } from './change.ts';
import { freezeRow, sameJson } from './json-row.ts';
import { type Cell, indexKeys, type State, tableState, withCell } from './state.ts';
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
  let tables = state.tables;
  for (const { name, key, row } of wishes(state, operations)) {
    const current = tableState({ revision, tables }, name);
    const before = current.cells.get(key);
    if (row === undefined ? before === undefined : before && sameJson(before.row, row)) continue;
    const created = before?.created ?? revision;
    const after = row === undefined ? undefined : { row, created, modified: revision };
    tables = tables.set(name, withCell(current, key, after));
    changes.push({ table: current.table, key, before, after });
  }
  let touched: ReadonlySet<TouchKey> | undefined;
  return {
    state: changes.length === 0 ? state : { revision, tables },
    changes,
    touched: () => {
      touched ??= touchKeys(changes);
      return touched;
    },
  };
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
