export type { EntryDraft, SourceDraft } from './checked-entry.ts';
export {
  type ConfigEntry,
  configEntries,
  configEntryKey,
  type ServiceIntentions,
  type SourceIntention,
} from './config-entry.ts';
export { deleteIntention, deleteIntentionById } from './delete-intention.ts';
export {
  type DeleteConfigEntry,
  deleteConfigEntry,
  type EntryDeleted,
  type EntryWritten,
  type PutServiceIntentions,
  putServiceIntentions,
} from './entry-commands.ts';
export { type ConfigEntryRow, configEntriesOf, configEntryAt } from './entry-queries.ts';
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
export { rulesTo } from './rules-to.ts';
export type { StoredIntention } from './stored-intention.ts';
