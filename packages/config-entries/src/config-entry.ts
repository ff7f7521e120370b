import type { ConfigEntry, ConfigEntryKind } from '@chancery/model';
import { defineTable, type Table, type View } from '@chancery/store';
import { providersOf, servicesSentTo, servicesServed } from './graph/entry-links.ts';

/** The key of an entry. */
export function configEntryKey(kind: ConfigEntryKind, name: string): string {
  return `${kind}/${name}`;
}

/**
 * The entries by kind and name. Indexes: `kind`; of intentions `source` by the sources named, `intention` by the
 * UUIDs held and `jwtProvider` by the providers asked for; `sentTo` and `served` by the services that routers,
 * splitters and resolvers send to and that gateways serve.
 */
export const configEntries: Table<ConfigEntry> = defineTable<ConfigEntry>({
  name: 'configEntries',
  kind: 'declared',
  key: (row) => configEntryKey(row.kind, row.name),
  indexes: {
    kind: (row) => [row.kind],
    source: (row) => sourcesOf(row).map(({ name }) => name),
    intention: (row) => sourcesOf(row).flatMap(({ legacyId }) => legacyId ?? []),
    jwtProvider: (row) => (row.kind === 'service-intentions' ? providersOf(row) : []),
    sentTo: servicesSentTo,
    served: servicesServed,
  },
});

/** An entry of one kind. */
export type EntryOf<K extends ConfigEntry['kind']> = Extract<ConfigEntry, { readonly kind: K }>;

/** The entry of a kind and name. */
export function entryNamed<K extends ConfigEntry['kind']>(
  view: View,
  kind: K,
  name: string,
): EntryOf<K> | undefined {
  return view.get(configEntries, configEntryKey(kind, name)) as EntryOf<K> | undefined;
}

/** The entries of a kind, by name. */
export function entriesOfKind<K extends ConfigEntry['kind']>(
  view: View,
  kind: K,
): readonly EntryOf<K>[] {
  return view.by(configEntries, 'kind', kind) as readonly EntryOf<K>[];
}

function sourcesOf(row: ConfigEntry): EntryOf<'service-intentions'>['sources'] {
  return row.kind === 'service-intentions' ? row.sources : [];
}
