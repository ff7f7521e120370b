export { type Change, type ChangeSet, type Operation, put, remove } from './change.ts';
export {
  type Command,
  commit,
  type Decision,
  inOneGo,
  type Principal,
  type Refusal,
  refuse,
  type SteppedCommand,
} from './command.ts';
export type { Log } from './deliveries.ts';
export type { Journal, JournalEntry, Loaded, StoredRow } from './journal.ts';
export { assertFollows, assertKept } from './journal-rules.ts';
export { sameJson } from './json-row.ts';
export type { MemoLimits } from './memo.ts';
export { type MemoryJournalOptions, memoryJournal } from './memory-journal.ts';
export { openStore, type StoreLimits, type StoreOptions } from './open-store.ts';
export { type Planned, planned } from './planned.ts';
export type { Revision, RowRevisions } from './revision.ts';
export type { FollowedRow } from './row-follower.ts';
export type {
  Committed,
  CommittedBy,
  Delivered,
  FollowOptions,
  Read,
  Store,
  StoreCounters,
} from './store.ts';
export { defineTable, type RowKind, type Table } from './table.ts';
export { defineQuery, type Query, type View } from './view.ts';
