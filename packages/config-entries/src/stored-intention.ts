import { type Intention, precedence } from '@chancery/intentions';
import type {
  IntentionPermission,
  JwtRequirement,
  ServiceIntentions,
  SourceIntention,
} from '@chancery/model';
import type { RowRevisions, View } from '@chancery/store';
import { configEntries, entryNamed } from './config-entry.ts';
import { intentionDeadlines } from './deadline/intention-deadline.ts';
import { sayTheSame } from './deadline/standing-deadline.ts';

/** An intention with what an API tells of it. */
export type StoredIntention = Intention<IntentionPermission> & {
  readonly precedence: number;
  /** The cluster that the source is of, where it is another. */
  readonly sourcePeer?: string;
  readonly sourceSamenessGroup?: string;
  /** The tokens of which every request must carry one. */
  readonly jwt?: JwtRequirement;
  /** In milliseconds since 1970; known of intentions made through the older API. */
  readonly createdAtMs?: number;
  readonly updatedAtMs?: number;
  /** When it ends by itself, in milliseconds since 1970; it is for good where that is not set. */
  readonly expiresAtMs?: number;
  /** Of the entry that holds it. */
  readonly revisions: RowRevisions;
};

/** A source of an entry as a rule about a pair. One without an ID of its own shares the meta of its entry. */
export function intentionOf(
  entry: ServiceIntentions,
  source: SourceIntention,
): Intention<IntentionPermission> {
  const { legacyId: id, description, permissions } = source;
  const meta = id === undefined ? entry.meta : (source.legacyMeta ?? {});
  return {
    ...(id !== undefined && { id }),
    source: source.name,
    destination: entry.name,
    ...(permissions === undefined ? { action: source.action } : { permissions }),
    ...(description !== undefined && { description }),
    ...(Object.keys(meta).length > 0 && { meta }),
  };
}

/** Whether a source is a service of this cluster, as a pair of names means it. */
export function isLocal({ peer, samenessGroup }: SourceIntention): boolean {
  return peer === undefined && samenessGroup === undefined;
}

/** The source of this cluster that has a name. */
export function sourceNamed(
  entry: ServiceIntentions | undefined,
  name: string,
): SourceIntention | undefined {
  return entry?.sources.find((source) => source.name === name && isLocal(source));
}

/** An entry's intentions as an API tells them, in its order. */
export function storedIntentionsIn(
  view: View,
  entry: ServiceIntentions,
): readonly StoredIntention[] {
  const revisions = view.revisions(configEntries, configEntries.key(entry)) ?? NEVER;
  const deadlines = view.by(intentionDeadlines, 'destination', entry.name);
  return entry.sources.map((source) => {
    const deadline = deadlines.find(
      ({ source: name, written }) => name === source.name && sayTheSame(written, source),
    );
    const ends = deadline && isLocal(source) ? { expiresAtMs: deadline.endsAtMs } : {};
    return { ...storedIntention(entry, source, revisions), ...ends };
  });
}

/** The intentions about a destination, itself an entry's name. */
export function entryOn(view: View, destination: string): ServiceIntentions | undefined {
  return entryNamed(view, 'service-intentions', destination);
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
    ...(source.peer !== undefined && { sourcePeer: source.peer }),
    ...(source.samenessGroup !== undefined && { sourceSamenessGroup: source.samenessGroup }),
    ...(entry.jwt !== undefined && { jwt: entry.jwt }),
    ...(createdAtMs !== undefined && { createdAtMs }),
    ...(updatedAtMs !== undefined && { updatedAtMs }),
    revisions,
  };
}
