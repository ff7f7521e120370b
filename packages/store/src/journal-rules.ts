import type { JournalEntry } from './journal.ts';
import type { Revision } from './revision.ts';

/**
 * Every journal's rule for a batch.
 *
 * @throws Error when it does not follow upon what the journal holds.
 */
export function assertFollows(held: Revision, batch: readonly JournalEntry[]): void {
  for (const [index, { revision }] of batch.entries()) {
    if (revision === held + 1 + index) continue;
    throw new Error(
      `the journal is at revision ${held + index}, so that ${revision} cannot follow`,
    );
  }
}

/**
 * Every journal's rule for a reader of its history.
 *
 * @throws Error when part of what is asked for is no longer kept.
 */
export function assertKept(after: Revision, floor: Revision): void {
  if (after >= floor) return;
  throw new Error(
    `the history after revision ${after} is no longer kept in full; it is after revision ${floor}`,
  );
}
