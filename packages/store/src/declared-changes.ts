import type { CellChange } from './apply.ts';
import type { Change } from './change.ts';

/** The part of a commit that may be kept and shown: no observed and no secret row. */
export function declaredChanges(changes: readonly CellChange[]): readonly Change[] {
  return changes
    .filter(({ table }) => table.kind === 'declared')
    .map(({ table, key, before, after }) => ({
      table: table.name,
      key,
      ...(before && { before: before.row }),
      ...(after && { after: after.row }),
    }));
}
