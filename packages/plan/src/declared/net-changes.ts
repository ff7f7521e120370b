import type { Change, ChangeSet } from '@chancery/store';
import { fieldChanges } from '../diff/field-changes.ts';

/** What several commits, oldest first, come to: each row as it was before the first and after the last that changed it. */
export function netChanges(changeSets: Iterable<Pick<ChangeSet, 'changes'>>): readonly Change[] {
  const net = new Map<string, Change>();
  for (const { changes } of changeSets) {
    for (const change of changes) {
      const place = `${change.table}\0${change.key}`;
      const first = net.get(place);
      net.set(place, first === undefined ? change : joined(first, change));
    }
  }
  return [...net.values()].filter(({ before, after }) => !isSame(before, after));
}

function joined({ table, key, ...first }: Change, { after }: Change): Change {
  return {
    table,
    key,
    ...('before' in first && { before: first.before }),
    ...(after !== undefined && { after }),
  };
}

function isSame(before: unknown, after: unknown): boolean {
  if (before === undefined || after === undefined) return before === after;
  return fieldChanges(before, after).length === 0;
}
