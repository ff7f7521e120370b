import type { ConfigEntryRow } from '@chancery/config-entries';
import { encodeConfigEntry } from '@chancery/model';
import { indexes } from './catalog-json.ts';

/** A config entry as `/v1/config` shows it. */
export function configEntry({ entry, revisions }: ConfigEntryRow): object {
  return { ...encodeConfigEntry(entry), ...indexes(revisions) };
}
