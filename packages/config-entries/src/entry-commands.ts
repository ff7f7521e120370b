import {
  type Command,
  commit,
  put,
  type Revision,
  refuse,
  remove,
  type View,
} from '@chancery/store';
import { checkedEntry, type EntryDraft } from './checked-entry.ts';
import { type ConfigEntry, configEntries, configEntryKey } from './config-entry.ts';
import { sameJson } from './same-json.ts';

/** An entry to put as a whole. */
export interface PutServiceIntentions extends EntryDraft {
  /** Writes only if the entry was last changed at this revision; 0: only if there is none. */
  readonly cas?: Revision;
}

/** What became of a write: not `written` means that `cas` did not fit. */
export interface EntryWritten {
  readonly written: boolean;
  readonly before?: ConfigEntry;
}

/**
 * Replaces the intentions about a destination. As in Consul this leaves no IDs and times of the older
 * API, and an entry that says what is there already is written whatever `cas` says.
 */
export const putServiceIntentions: Command<PutServiceIntentions, EntryWritten> = (
  view,
  _principal,
  { cas, ...draft },
) => {
  const checked = checkedEntry({ ...draft, sources: draft.sources.map(withoutLegacy) });
  if (!checked.ok) return refuse(checked.code, checked.message);
  const { entry } = checked;
  const key = configEntries.key(entry);
  const before = view.get(configEntries, key);
  const known = before ? { before } : {};
  const written = sameJson(before, entry) || fits(view, key, cas);
  return commit(written ? [put(configEntries, entry)] : [], { written, ...known });
};

/** Which entry is to go. */
export interface DeleteConfigEntry {
  readonly kind: ConfigEntry['kind'];
  readonly name: string;
  /** Deletes only if the entry was last changed at this revision. */
  readonly cas?: Revision;
}

/** What became of a deletion: not `deleted` means that `cas` did not fit. Without `before` there was nothing to delete. */
export interface EntryDeleted {
  readonly deleted: boolean;
  readonly before?: ConfigEntry;
}

/** Removes an entry; removing what is not there is no change. */
export const deleteConfigEntry: Command<DeleteConfigEntry, EntryDeleted> = (
  view,
  _principal,
  { kind, name, cas },
) => {
  const key = configEntryKey(kind, name);
  const before = view.get(configEntries, key);
  const known = before ? { before } : {};
  const deleted = before === undefined || fits(view, key, cas);
  return commit(deleted ? [remove(configEntries, key)] : [], { deleted, ...known });
};

function fits(view: View, key: string, cas: Revision | undefined): boolean {
  return cas === undefined || cas === (view.revisions(configEntries, key)?.modified ?? 0);
}

function withoutLegacy({
  name,
  action,
  type,
  description,
}: EntryDraft['sources'][number]): EntryDraft['sources'][number] {
  return {
    name,
    action,
    ...(type !== undefined && { type }),
    ...(description !== undefined && { description }),
  };
}
