import type { CaConfig } from '@chancery/model';
import { type Command, commit, defineTable, put, type Table } from '@chancery/store';
import { onlyKey } from './authority-state.ts';

/** How long certificates live, in milliseconds. */
export type CaSettings = Omit<CaConfig, 'root'>;

/** What was set over the API: one row, which then stands before the configuration files. */
export const caSettings: Table<CaSettings> = defineTable<CaSettings>({
  name: 'caSettings',
  kind: 'declared',
  key: () => onlyKey,
});

/** Sets how certificates are made from now on. */
export const configureCa: Command<CaSettings, void> = (_view, _by, settings) =>
  commit([put(caSettings, settings)], undefined);
