export { accessLogs } from './access-logs.ts';
export {
  changeConfigEntries,
  changeSteps,
  type EntriesChange,
  type EntriesChanged,
  type FormerEntries,
  restoreConfigEntries,
  restoreSteps,
} from './change/change-entries.ts';
export type { WantedEntry } from './change/wanted-entry.ts';
export type { EntryDraft, SourceDraft } from './checked-entry.ts';
export { configEntries, configEntryKey, type EntryOf } from './config-entry.ts';
export { configEntryTables } from './config-entry-tables.ts';
export { writtenAt } from './deadline/deadline-operations.ts';
export {
  type EndIntention,
  endIntention,
  endInWords,
  type IntentionEnded,
} from './deadline/end-intention.ts';
export {
  deadlineDestination,
  type IntentionDeadline,
  intentionDeadlines,
  type TimeToLive,
} from './deadline/intention-deadline.ts';
export { deleteIntention, deleteIntentionById } from './delete-intention.ts';
export {
  type BootstrapConfigEntries,
  bootstrapConfigEntries,
  type DeleteConfigEntry,
  deleteConfigEntry,
  type EntryDeleted,
  type EntryWritten,
  type PutConfigEntry,
  putConfigEntry,
} from './entry-commands.ts';
export {
  allConfigEntries,
  type ConfigEntryRow,
  configEntriesOf,
  configEntryAt,
} from './entry-queries.ts';
export { protocolOf } from './graph/protocol-of.ts';
export { createIntention, updateIntentionById, upsertIntention } from './intention-commands.ts';
export type { IntentionInput, IntentionWritten } from './intention-input.ts';
export {
  allIntentions,
  intentionBetween,
  intentionById,
  intentionPair,
  intentionsFrom,
  intentionsTo,
} from './intention-queries.ts';
export { ownRulesTo } from './own-rules.ts';
export { rulesTo } from './rules-to.ts';
export { type ServiceSettings, serviceSettings } from './service-settings.ts';
export { type StoredIntention, storedIntentionsIn } from './stored-intention.ts';
