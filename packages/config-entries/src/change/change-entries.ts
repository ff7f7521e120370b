import type { ConfigEntry, ConfigEntryKind } from '@chancery/model';
import {
  type Command,
  commit,
  type Decision,
  inOneGo,
  type Operation,
  type Principal,
  put,
  refuse,
  remove,
  sameJson,
  type View,
} from '@chancery/store';
import { configEntries, configEntryKey } from '../config-entry.ts';
import { staleDeadlines } from '../deadline/deadline-operations.ts';
import { type IntentionDeadline, intentionDeadlines } from '../deadline/intention-deadline.ts';
import { withoutLegacy } from '../without-legacy.ts';
import { contradictionsOf } from './contradictions.ts';
import type { WantedEntry } from './wanted-entry.ts';

/** Entries to write and to delete as one change. */
export interface EntriesChange {
  readonly entries: readonly WantedEntry[];
  readonly deletions: readonly { readonly kind: ConfigEntryKind; readonly name: string }[];
  /** Deletes every entry that is not among the entries. */
  readonly prune: boolean;
  /** The datacenter in which the entries stand. */
  readonly datacenter: string;
}

/** What was written and deleted: not what was so already. */
export interface EntriesChanged {
  readonly written: readonly ConfigEntry[];
  readonly deleted: readonly ConfigEntry[];
}

/**
 * Writes and deletes entries, all of them or none. What counts is whether they fit together in the end: their
 * order does not matter, and what each would break by itself is fine where another mends it. As with a single
 * write, intentions keep no IDs and times of the older API.
 */
export const changeConfigEntries: Command<EntriesChange, EntriesChanged> = inOneGo(changeSteps);

/** The same in steps. */
export function* changeSteps(
  view: View,
  _by: Principal,
  change: EntriesChange,
): Generator<undefined, Decision<EntriesChanged>> {
  const clashes = clashesIn(change);
  if (clashes.length > 0) return refuse('invalid', clashes.join('\n'));
  const wanted = change.entries.map((each) => ({ ...each, entry: withoutLegacy(each.entry) }));
  const kept = new Set(wanted.map(({ entry }) => configEntries.key(entry)));
  const pruned = change.prune ? view.all(configEntries).map(configEntries.key) : [];
  const gone = [...change.deletions.map(keyOf), ...pruned.filter((key) => !kept.has(key))];
  const { datacenter } = change;
  return yield* settle(view, { wanted, gone, datacenter, deadlines: overIn });
}

/** What the entries were at some time. */
export interface FormerEntries {
  readonly entries: readonly ConfigEntry[];
  /** Until when intentions among them were to hold: one whose time is over by now ends again at once. */
  readonly deadlines: readonly IntentionDeadline[];
  /** When that was, such as `revision 12`; told where something is wrong. */
  readonly origin: string;
  readonly datacenter: string;
}

/** Makes the entries what they were, to the last ID of an intention; those that there were none of then go. */
export const restoreConfigEntries: Command<FormerEntries, EntriesChanged> = inOneGo(restoreSteps);

/** The same in steps. */
export function* restoreSteps(
  view: View,
  _by: Principal,
  { entries, deadlines: former, origin, datacenter }: FormerEntries,
): Generator<undefined, Decision<EntriesChanged>> {
  const kept = new Set(entries.map(configEntries.key));
  const gone = view
    .all(configEntries)
    .map(configEntries.key)
    .filter((key) => !kept.has(key));
  const wanted = entries.map((entry) => ({ entry, origin }));
  const deadlines = (): readonly Operation[] => restoredDeadlines(view, former);
  return yield* settle(view, { wanted, gone, datacenter, deadlines });
}

function restoredDeadlines(view: View, former: readonly IntentionDeadline[]): readonly Operation[] {
  const kept = new Set(former.map(intentionDeadlines.key));
  const gone = view
    .all(intentionDeadlines)
    .map(intentionDeadlines.key)
    .filter((key) => !kept.has(key));
  return [
    ...former.map((deadline) => put(intentionDeadlines, deadline)),
    ...gone.map((key) => remove(intentionDeadlines, key)),
  ];
}

interface Settlement {
  readonly wanted: readonly WantedEntry[];
  /** Keys of entries to delete, whether or not there are such. */
  readonly gone: readonly string[];
  readonly datacenter: string;
  /** What becomes of the deadlines of intentions. */
  readonly deadlines: (
    view: View,
    written: readonly ConfigEntry[],
    deleted: readonly ConfigEntry[],
  ) => readonly Operation[];
}

/** Of intentions that say something else now, or are gone, the time does not matter any more. */
const overIn: Settlement['deadlines'] = (view, written, deleted) => {
  const present = written.filter((entry) => entry.kind === 'service-intentions');
  const gone = deleted.filter((entry) => entry.kind === 'service-intentions');
  return [
    ...present.flatMap((entry) => staleDeadlines(view, entry.name, entry)),
    ...gone.flatMap((entry) => staleDeadlines(view, entry.name, undefined)),
  ];
};

function* settle(
  view: View,
  { wanted, gone, datacenter, deadlines }: Settlement,
): Generator<undefined, Decision<EntriesChanged>> {
  const written: WantedEntry[] = [];
  for (const each of wanted) {
    const present = view.get(configEntries, configEntries.key(each.entry));
    if (!sameJson(present, each.entry)) written.push(each);
    yield;
  }
  const entries = written.map(({ entry }) => entry);
  const deleted = [...new Set(gone)]
    .map((key) => view.get(configEntries, key))
    .filter((entry) => entry !== undefined);
  const operations = [
    ...entries.map((entry) => put(configEntries, entry)),
    ...deleted.map((entry) => remove(configEntries, configEntries.key(entry))),
    ...deadlines(view, entries, deleted),
  ];
  yield;
  const question = { operations, written, deleted, wanted, datacenter };
  const problems = yield* contradictionsOf(view, question);
  if (problems.length > 0) return refuse('conflict', problems.join('\n'));
  // What is so already is put all the same where nothing else is: that tells since when it is.
  const unchanged = wanted.map(({ entry }) => put(configEntries, entry));
  return commit(operations.length > 0 ? operations : unchanged, { written: entries, deleted });
}

function keyOf({ kind, name }: EntriesChange['deletions'][number]): string {
  return configEntryKey(kind, name);
}

/** What one change cannot say: two things of one entry. */
function clashesIn({ entries, deletions }: EntriesChange): readonly string[] {
  const origins = new Map<string, string>();
  const clashes: string[] = [];
  for (const { entry, origin } of entries) {
    const key = configEntries.key(entry);
    const first = origins.get(key);
    if (first === undefined) origins.set(key, origin);
    else clashes.push(`${key} is in ${first} and in ${origin}: leave one of them out`);
  }
  for (const key of deletions.map(keyOf)) {
    const origin = origins.get(key);
    if (origin === undefined) continue;
    clashes.push(`${key} is to be written (${origin}) and to be deleted: leave out one of the two`);
  }
  return clashes;
}
