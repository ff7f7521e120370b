import type { ChangeSet } from './change.ts';
import type { Journal, JournalEntry, Loaded, StoredRow } from './journal.ts';
import { rowTouch } from './touch-key.ts';
import type { Revision } from './view.ts';

export interface MemoryJournalOptions {
  /** How many change sets the history keeps. */
  readonly retention?: number;
}

/** A journal for development and tests: it lasts as long as the process, and can be opened again within it. */
export function memoryJournal({ retention = 10_000 }: MemoryJournalOptions = {}): Journal {
  const rows = new Map<string, StoredRow>();
  const history: ChangeSet[] = [];
  let revision: Revision = 0;

  function write({ revision: next, writes, history: changeSet }: JournalEntry): void {
    for (const { row, ...rest } of writes) {
      const place = rowTouch(rest.table, rest.key);
      if (row === undefined) rows.delete(place);
      else rows.set(place, { ...rest, row });
    }
    if (changeSet !== undefined) history.push(changeSet);
    if (history.length > retention) history.splice(0, history.length - retention);
    revision = next;
  }

  return {
    async load(): Promise<Loaded> {
      return { revision, rows: [...rows.values()] };
    },
    async append(batch) {
      assertFollows(revision, batch);
      for (const entry of batch) write(entry);
    },
    async *history(after) {
      yield* history.filter((changeSet) => changeSet.revision > after);
    },
    async [Symbol.asyncDispose]() {},
  };
}

/** @throws Error when a batch does not follow upon what a journal holds. */
export function assertFollows(revision: Revision, batch: readonly JournalEntry[]): void {
  for (const [index, entry] of batch.entries()) {
    if (entry.revision === revision + 1 + index) continue;
    throw new Error(`the journal is at revision ${revision + index}, not before ${entry.revision}`);
  }
}
