import type { ChangeSet } from './change.ts';
import type { Journal, JournalEntry, Loaded, StoredRow } from './journal.ts';
import { assertFollows, assertKept } from './journal-rules.ts';
import type { Revision } from './revision.ts';
import { rowTouch } from './touch-key.ts';

export interface MemoryJournalOptions {
  /** How many change sets the history keeps. */
  readonly retention?: number;
}

/** A journal for development and tests: it lasts as long as the process, and can be opened again within it. */
export function memoryJournal({ retention = 10_000 }: MemoryJournalOptions = {}): Journal {
  const rows = new Map<string, StoredRow>();
  const history = new Map<Revision, ChangeSet>();
  let revision: Revision = 1;
  let floor: Revision = 0;

  function write({ revision: next, writes, history: changeSet }: JournalEntry): void {
    for (const { row, ...rest } of writes) {
      const place = rowTouch(rest.table, rest.key);
      if (row === undefined) rows.delete(place);
      else rows.set(place, { ...rest, row });
    }
    if (changeSet !== undefined) history.set(next, changeSet);
    if (history.size > retention) forgetOldest();
    revision = next;
  }

  function forgetOldest(): void {
    const [oldest = floor] = history.keys();
    history.delete(oldest);
    floor = oldest;
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
      assertKept(after, floor);
      yield* [...history.values()].filter((changeSet) => changeSet.revision > after);
    },
    async historyFloor() {
      return floor;
    },
    async [Symbol.asyncDispose]() {},
  };
}
