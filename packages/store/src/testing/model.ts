import type { Operation } from '../index.ts';
import type { Item } from './items.ts';
import type { Model, ModelRow } from './naive-view.ts';

/** The model after operations, taken one by one. */
export function modelAfter(
  model: Model,
  operations: readonly Operation[],
  revision: number,
): Model {
  const next = new Map([...model].map(([name, rows]) => [name, new Map(rows)]));
  for (const one of operations) {
    const rows = next.get(one.table.name) ?? new Map<string, ModelRow>();
    next.set(one.table.name, rows);
    if (one.op === 'delete') rows.delete(one.key);
    else rows.set((one.row as Item).key, { row: one.row, created: revision, modified: revision });
  }
  return settledAgainst(model, next);
}

/** Rows as they were keep their revisions, and a row that was there its creation. */
function settledAgainst(before: Model, after: Map<string, Map<string, ModelRow>>): Model {
  for (const [name, rows] of after) {
    for (const [key, row] of rows) {
      const old = before.get(name)?.get(key);
      if (old === undefined) continue;
      const same = JSON.stringify(old.row) === JSON.stringify(row.row);
      rows.set(key, same ? old : { ...row, created: old.created });
    }
  }
  return after;
}

/** A model as text, to compare two. */
export function modelText(model: Model): string {
  const tables = [...model].map(([name, rows]) => [name, [...rows].sort()] as const);
  return JSON.stringify(tables.filter(([, rows]) => rows.length > 0).sort());
}
