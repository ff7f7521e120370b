import { type Intention, precedence } from '@chancery/intentions';
import type { RowRevisions, View } from '@chancery/store';
import {
  type ConfigEntry,
  configEntries,
  configEntryKey,
  type ServiceIntentions,
  type SourceIntention,
} from './config-entry.ts';

/** An intention with what an API tells of it. */
export type StoredIntention = Intention & {
  readonly precedence: number;
  /** In milliseconds since 1970; known of intentions made through the older API. */
  readonly createdAtMs?: number;
  readonly updatedAtMs?: number;
  /** Of the entry that holds it. */
  readonly revisions: RowRevisions;
};

/** A source of an entry as a rule about a pair. One without an ID of its own shares the meta of its entry. */
export function intentionOf(entry: ServiceIntentions, source: SourceIntention): Intention {
  const { legacyId: id, description, action } = source;
  const meta = id === undefined ? entry.meta : (source.legacyMeta ?? {});
  return {
    ...(id !== undefined && { id }),
    source: source.name,
    destination: entry.name,
    action,
    ...(description !== undefined && { description }),
    ...(Object.keys(meta).length > 0 && { meta }),
  };
}

/** An entry's intentions, in its order. */
export function intentionsIn(entry: ServiceIntentions): readonly Intention[] {
  return entry.sources.map((source) => intentionOf(entry, source));
}

/** An entry's intentions as an API tells them, in its order. */
export function storedIntentionsIn(
  view: View,
  entry: ServiceIntentions,
): readonly StoredIntention[] {
  const revisions = view.revisions(configEntries, configEntries.key(entry)) ?? NEVER;
  return entry.sources.map((source) => storedIntention(entry, source, revisions));
}

/** The intentions about a destination, itself an entry's name. */
export function entryOn(view: View, destination: string): ConfigEntry | undefined {
  return view.get(configEntries, configEntryKey('service-intentions', destination));
}

const NEVER: RowRevisions = { created: 0, modified: 0 };

function storedIntention(
  entry: ServiceIntentions,
  source: SourceIntention,
  revisions: RowRevisions,
): StoredIntention {
  const { legacyCreateTimeMs: createdAtMs, legacyUpdateTimeMs: updatedAtMs } = source;
  return {
    ...intentionOf(entry, source),
    precedence: precedence(source.name, entry.name),
    ...(createdAtMs !== undefined && { createdAtMs }),
    ...(updatedAtMs !== undefined && { updatedAtMs }),
    revisions,
  };
}
