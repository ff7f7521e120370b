import type { SourceIntention } from '@chancery/model';
import { defineTable, type Revision, type Table } from '@chancery/store';

/** How long an intention is to hold. */
export interface TimeToLive {
  readonly ms: number;
  /** As it was asked for, such as `30m`. */
  readonly text: string;
}

/** An intention that is there for a while: until when, and what stands there afterwards. */
export interface IntentionDeadline {
  readonly source: string;
  readonly destination: string;
  /** Milliseconds since 1970. */
  readonly endsAtMs: number;
  /** How long it was to hold, as it was asked for. */
  readonly ttl: string;
  /** Who wrote it. */
  readonly by: string;
  /** The intention that ends: one that has become another since does not. */
  readonly written: SourceIntention;
  /** What stood there before, and comes back; nothing does where there was none. */
  readonly before?: SourceIntention;
  /** Until when what comes back holds; it stays where there is none. */
  readonly outer?: IntentionDeadline;
  /** The revision that wrote it; of one that waits beneath another, where the row itself does not tell. */
  readonly writtenAt?: Revision;
}

/** The key of a deadline. Names of services hold no slash. */
export function deadlineKey(source: string, destination: string): string {
  return `${destination}/${source}`;
}

/** The destination in the key of a deadline. */
export function deadlineDestination(key: string): string {
  return key.slice(0, key.indexOf('/'));
}

/** The intentions that end by themselves, by destination and source. Index: `destination`. */
export const intentionDeadlines: Table<IntentionDeadline> = defineTable<IntentionDeadline>({
  name: 'intentionDeadlines',
  kind: 'declared',
  key: ({ source, destination }) => deadlineKey(source, destination),
  indexes: { destination: ({ destination }) => [destination] },
});
