import type { IntentionAction } from '@chancery/intentions';
import { defineTable, type Table } from '@chancery/store';

/** What one source may do at the destination that its entry is about. */
export interface SourceIntention {
  /** A service, or `*` for any. */
  readonly name: string;
  readonly action: IntentionAction;
  readonly type: 'consul';
  readonly description?: string;
  /** What an intention made through the older API carries: a UUID, its own meta and times, in milliseconds since 1970. */
  readonly legacyId?: string;
  readonly legacyMeta?: Readonly<Record<string, string>>;
  readonly legacyCreateTimeMs?: number;
  readonly legacyUpdateTimeMs?: number;
}

/** Who may connect to one destination, or with the name `*` to any: the sources in the order of their precedence. */
export interface ServiceIntentions {
  readonly kind: 'service-intentions';
  readonly name: string;
  readonly sources: readonly SourceIntention[];
  readonly meta: Readonly<Record<string, string>>;
}

/** A declared entry. Further kinds will join the union. */
export type ConfigEntry = ServiceIntentions;

/** The key of an entry. */
export function configEntryKey(kind: ConfigEntry['kind'], name: string): string {
  return `${kind}/${name}`;
}

/** The entries by kind and name. Indexes: `kind`, `source` by the sources named, `intention` by the UUIDs held. */
export const configEntries: Table<ConfigEntry> = defineTable<ConfigEntry>({
  name: 'configEntries',
  kind: 'declared',
  key: (row) => configEntryKey(row.kind, row.name),
  indexes: {
    kind: (row) => [row.kind],
    source: (row) => row.sources.map(({ name }) => name),
    intention: (row) => row.sources.flatMap(({ legacyId }) => legacyId ?? []),
  },
});
