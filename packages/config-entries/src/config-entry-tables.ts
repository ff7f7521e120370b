import type { StoreOptions } from '@chancery/store';
import { configEntries } from './config-entry.ts';
import { intentionDeadlines } from './deadline/intention-deadline.ts';

/** Every table of the entries: what a store is opened with. */
export const configEntryTables: StoreOptions['tables'] = [configEntries, intentionDeadlines];
