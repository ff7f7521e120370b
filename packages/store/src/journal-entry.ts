import type { Applied } from './apply.ts';
import type { ChangeSet } from './change.ts';
import { declaredChanges } from './declared-changes.ts';
import type { JournalEntry } from './journal.ts';

/** Who committed, when and why: as the history keeps it. */
export type Authorship = Pick<ChangeSet, 'at' | 'by' | 'why' | 'reason'>;

/** A commit as a journal keeps it. */
export function journalEntry({ state, changes }: Applied, authorship: Authorship): JournalEntry {
  const { revision } = state;
  const declared = declaredChanges(changes);
  return {
    revision,
    writes: changes.map(({ table, key, before, after }) => ({
      table: table.name,
      key,
      created: after?.created ?? before?.created ?? revision,
      modified: revision,
      ...(after && { row: after.row }),
    })),
    ...(declared.length > 0 && { history: { revision, ...authorship, changes: declared } }),
  };
}
