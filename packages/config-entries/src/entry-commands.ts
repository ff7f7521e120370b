import type { ConfigEntry, ConfigEntryKind } from '@chancery/model';
import {
  type Command,
  commit,
  type Operation,
  planned,
  put,
  type Revision,
  refuse,
  remove,
  sameJson,
  type View,
} from '@chancery/store';
import { configEntries, configEntryKey } from './config-entry.ts';
import { staleDeadlines } from './deadline/deadline-operations.ts';
import { changeProblem } from './graph/change-problem.ts';
import { withoutLegacy } from './without-legacy.ts';

/** An entry to put, as it was decoded. */
export interface PutConfigEntry {
  readonly entry: ConfigEntry;
  /** The datacenter in which the entries stand. */
  readonly datacenter: string;
  /** Writes only if the entry was last changed at this revision; 0: only if there is none. */
  readonly cas?: Revision;
}

/** What became of a write: not `written` means that `cas` did not fit. */
export interface EntryWritten {
  readonly written: boolean;
  readonly before?: ConfigEntry;
}

/**
 * Puts an entry, unless the entries would then contradict each other. As in Consul an entry that says
 * what is there already is written whatever `cas` says, and intentions keep no IDs and times of the older API.
 */
export const putConfigEntry: Command<PutConfigEntry, EntryWritten> = (
  view,
  _principal,
  { entry: given, datacenter, cas },
) => {
  const entry = withoutLegacy(given);
  const key = configEntries.key(entry);
  const before = view.get(configEntries, key);
  const known = before ? { before } : {};
  if (sameJson(before, entry))
    return commit([put(configEntries, entry)], { written: true, ...known });
  if (!fits(view, key, cas)) return commit([], { written: false, ...known });
  const operations = [put(configEntries, entry), ...deadlinesAfter(view, entry, entry)];
  const problem = changeProblem(after(view, operations), {
    entry,
    isDeleted: false,
    datacenter,
  });
  if (problem !== undefined) return refuse('conflict', problem.words);
  return commit(operations, { written: true, ...known });
};

/** Which entry is to go. */
export interface DeleteConfigEntry {
  readonly kind: ConfigEntryKind;
  readonly name: string;
  /** The datacenter in which the entries stand. */
  readonly datacenter: string;
  /** Deletes only if the entry was last changed at this revision. */
  readonly cas?: Revision;
}

/** What became of a deletion: not `deleted` means that `cas` did not fit. Without `before` there was nothing to delete. */
export interface EntryDeleted {
  readonly deleted: boolean;
  readonly before?: ConfigEntry;
}

/** Removes an entry, unless others depend on it; removing what is not there is no change. */
export const deleteConfigEntry: Command<DeleteConfigEntry, EntryDeleted> = (
  view,
  _principal,
  { kind, name, datacenter, cas },
) => {
  const key = configEntryKey(kind, name);
  const before = view.get(configEntries, key);
  if (before === undefined) return commit([], { deleted: true });
  if (!fits(view, key, cas)) return commit([], { deleted: false, before });
  const operations = [remove(configEntries, key), ...deadlinesAfter(view, before, undefined)];
  const problem = changeProblem(after(view, operations), {
    entry: before,
    isDeleted: true,
    datacenter,
  });
  if (problem !== undefined) return refuse('conflict', problem.words);
  return commit(operations, { deleted: true, before });
};

/** The entries that a configuration begins with. */
export interface BootstrapConfigEntries {
  readonly entries: readonly ConfigEntry[];
  readonly datacenter: string;
}

/** Puts those of the entries of which none of that kind and name is there, all of them or none. */
export const bootstrapConfigEntries: Command<
  BootstrapConfigEntries,
  { readonly written: readonly ConfigEntry[] }
> = (view, _principal, { entries, datacenter }) => {
  const written = entries.map(withoutLegacy).filter((entry, at) => {
    const key = configEntries.key(entry);
    const first = entries.findIndex((each) => configEntries.key(each) === key);
    return first === at && view.get(configEntries, key) === undefined;
  });
  const operations = written.map((entry) => put(configEntries, entry));
  const then = after(view, operations);
  for (const entry of written) {
    const problem = changeProblem(then, { entry, isDeleted: false, datacenter });
    if (problem === undefined) continue;
    return refuse('conflict', `${configEntries.key(entry)}: ${problem.words}`);
  }
  return commit(operations, { written });
};

function after(view: View, operations: readonly Operation[]): View {
  return planned(view, operations).view;
}

function deadlinesAfter(
  view: View,
  { kind, name }: ConfigEntry,
  after: ConfigEntry | undefined,
): readonly Operation[] {
  if (kind !== 'service-intentions') return [];
  return staleDeadlines(view, name, after?.kind === kind ? after : undefined);
}

function fits(view: View, key: string, cas: Revision | undefined): boolean {
  return cas === undefined || cas === (view.revisions(configEntries, key)?.modified ?? 0);
}
