import type { ConfigEntry, ConfigEntryKind } from '@chancery/model';
import { defineQuery, type Query, type RowRevisions, type View } from '@chancery/store';
import { configEntries } from './config-entry.ts';

/** An entry and when it changed. */
export interface ConfigEntryRow {
  readonly entry: ConfigEntry;
  readonly revisions: RowRevisions;
}

/** One entry by `configEntryKey`. */
export const configEntryAt: Query<string, ConfigEntryRow | undefined> = defineQuery<
  string,
  ConfigEntryRow | undefined
>({
  name: 'configEntries.configEntryAt',
  evaluate: (view, key) => {
    const entry = view.get(configEntries, key);
    return entry && entryRow(view, entry);
  },
});

/** The entries of a kind, by name. */
export const configEntriesOf: Query<ConfigEntryKind, readonly ConfigEntryRow[]> = defineQuery<
  ConfigEntryKind,
  readonly ConfigEntryRow[]
>({
  name: 'configEntries.configEntriesOf',
  evaluate: (view, kind) =>
    view.by(configEntries, 'kind', kind).map((entry) => entryRow(view, entry)),
});

/** Every entry, by kind and name. */
export const allConfigEntries: Query<'', readonly ConfigEntryRow[]> = defineQuery<
  '',
  readonly ConfigEntryRow[]
>({
  name: 'configEntries.allConfigEntries',
  evaluate: (view) => view.all(configEntries).map((entry) => entryRow(view, entry)),
});

function entryRow(view: View, entry: ConfigEntry): ConfigEntryRow {
  const revisions = view.revisions(configEntries, configEntries.key(entry));
  return { entry, revisions: revisions ?? { created: 0, modified: 0 } };
}
