import type { ChangeSet } from './change.ts';
import type { Revision, RowRevisions } from './revision.ts';

/** One row as a journal gives it back. */
export interface StoredRow extends RowRevisions {
  readonly table: string;
  readonly key: string;
  readonly row: unknown;
}

/** The state as a journal last acknowledged it. */
export interface Loaded {
  /** 1 when nothing was ever appended. */
  readonly revision: Revision;
  readonly rows: Iterable<StoredRow>;
}

/** One commit on its way into a journal. */
export interface JournalEntry {
  readonly revision: Revision;
  /** Every row the commit changed, of every kind; no `row` is a delete. */
  readonly writes: readonly (Omit<StoredRow, 'row'> & { readonly row?: unknown })[];
  /** The part of the commit that belongs to the history: its declared changes. Absent when there are none. */
  readonly history?: ChangeSet;
}

/**
 * Keeps what has been acknowledged. One owner at a time; every method may reject with a reason for
 * people, which `append` must not do after having kept the batch and going on as if it had not: the
 * next batch is then refused, since it does not follow.
 */
export interface Journal extends AsyncDisposable {
  /** Reads the whole state; before any append. */
  load(): Promise<Loaded>;
  /**
   * Resolves when every entry of the batch would survive a power failure; all of them or none.
   * Entries follow upon each other and upon what the journal holds; others are refused.
   */
  append(batch: readonly JournalEntry[]): Promise<void>;
  /** The history after a revision, oldest first. Throws when part of it is no longer kept. */
  history(after: Revision): AsyncIterable<ChangeSet>;
  /** The revision after which the history is complete: 0 while all of it is kept. */
  historyFloor(): Promise<Revision>;
}
