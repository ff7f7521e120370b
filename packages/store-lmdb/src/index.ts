export type { Checkpoint } from './checkpoint.ts';
export type { LmdbJournalOptions } from './lmdb-journal.ts';
export { type DiskJournal, openLmdbJournal } from './open-lmdb-journal.ts';
