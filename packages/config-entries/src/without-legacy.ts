import type { ConfigEntry } from '@chancery/model';

/** An entry without what only the older API of intentions gives: IDs, and meta and times of each. */
export function withoutLegacy(entry: ConfigEntry): ConfigEntry {
  if (entry.kind !== 'service-intentions') return entry;
  const sources = entry.sources.map(
    ({
      legacyId: _id,
      legacyMeta: _meta,
      legacyCreateTimeMs: _created,
      legacyUpdateTimeMs: _updated,
      ...source
    }) => source,
  );
  return { ...entry, sources } as ConfigEntry;
}
