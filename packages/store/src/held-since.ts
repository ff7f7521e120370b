import type { Operation } from './change.ts';
import type { Revision } from './revision.ts';
import { type State, tableState } from './state.ts';

/**
 * Since which revision it is as operations would have it that change nothing: the one that wrote the last of
 * their rows. The present one where they say nothing of a row that is there.
 */
export function heldSince(state: State, operations: readonly Operation[]): Revision {
  const written = operations.flatMap((operation) => writtenAt(state, operation) ?? []);
  return written.length === 0 ? state.revision : written.reduce((a, b) => Math.max(a, b));
}

function writtenAt(state: State, operation: Operation): Revision | undefined {
  if (operation.op === 'delete') return undefined;
  const { table, cells } = tableState(state, operation.table.name);
  return cells.get(table.key(operation.row as never))?.modified;
}
