import type { ConfigEntryRow, SourceIntention, StoredIntention } from '@chancery/config-entries';
import { precedence } from '@chancery/intentions';
import { indexes } from './catalog-json.ts';

/** What Go prints for a time that is not known. */
const noTime = '0001-01-01T00:00:00Z';

/** An intention as `/v1/connect/intentions` shows it. */
export function intentionEntry(intention: StoredIntention): object {
  const { id, description, meta } = intention;
  return {
    CreatedAt: time(intention.createdAtMs) ?? noTime,
    UpdatedAt: time(intention.updatedAtMs) ?? noTime,
    ...(id !== undefined && { ID: id }),
    SourceNS: 'default',
    SourceName: intention.source,
    DestinationNS: 'default',
    DestinationName: intention.destination,
    SourceType: 'consul',
    Action: intention.action,
    ...(description && { Description: description }),
    ...(meta && { Meta: meta }),
    Precedence: intention.precedence,
    ...indexes(intention.revisions),
  };
}

/** A config entry as `/v1/config` shows it. */
export function configEntry({ entry, revisions }: ConfigEntryRow): object {
  return {
    Kind: entry.kind,
    Name: entry.name,
    Sources: entry.sources.map((source) => sourceEntry(source, entry.name)),
    ...(Object.keys(entry.meta).length > 0 && { Meta: entry.meta }),
    ...indexes(revisions),
  };
}

function sourceEntry(source: SourceIntention, destination: string): object {
  const created = time(source.legacyCreateTimeMs);
  const updated = time(source.legacyUpdateTimeMs);
  return {
    Name: source.name,
    Action: source.action,
    Precedence: precedence(source.name, destination),
    ...(source.legacyId !== undefined && { LegacyID: source.legacyId }),
    Type: source.type,
    ...(source.description && { Description: source.description }),
    ...(source.legacyMeta && { LegacyMeta: source.legacyMeta }),
    ...(created !== undefined && { LegacyCreateTime: created }),
    ...(updated !== undefined && { LegacyUpdateTime: updated }),
  };
}

function time(ms: number | undefined): string | undefined {
  return ms === undefined ? undefined : new Date(ms).toISOString();
}
