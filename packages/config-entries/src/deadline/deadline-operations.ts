import type { ServiceIntentions, SourceIntention } from '@chancery/model';
import {
  type Decision,
  type Operation,
  put,
  type Revision,
  refuse,
  remove,
  type View,
} from '@chancery/store';
import { isLocal } from '../stored-intention.ts';
import {
  deadlineKey,
  type IntentionDeadline,
  intentionDeadlines,
  type TimeToLive,
} from './intention-deadline.ts';
import { type Return, returnAt, sayTheSame, standingDeadline } from './standing-deadline.ts';

/** An intention that is being written, or taken away. */
export interface Written {
  /** The entry as it was. */
  readonly entry: ServiceIntentions;
  readonly before?: SourceIntention;
  /** None where the intention is taken away. */
  readonly after?: SourceIntention;
  readonly ttl?: TimeToLive;
  readonly by: string;
  readonly nowMs: number;
}

/** So many may wait beneath one another; more are a mistake. */
const deepest = 8;

/** What a write makes of deadlines: the one that was there is over, and with a time to live there is a new one. */
export function deadlineOperations(
  view: View,
  written: Written,
): { readonly operations: readonly Operation[] } | { readonly refused: Decision<never> } {
  const { entry, before, after } = written;
  const row = newDeadline(view, written);
  if (row !== undefined && depth(row) > deepest) {
    return { refused: refuse('invalid', tooDeep(row.source, row.destination)) };
  }
  const over = [...new Set([before, after].flatMap((source) => source?.name ?? []))]
    .filter((name) => name !== row?.source)
    .map((name) => deadlineKey(name, entry.name))
    .filter((key) => view.get(intentionDeadlines, key) !== undefined)
    .map((key) => remove(intentionDeadlines, key));
  return { operations: row === undefined ? over : [...over, put(intentionDeadlines, row)] };
}

function newDeadline(
  view: View,
  { entry, before, after, ttl, by, nowMs }: Written,
): IntentionDeadline | undefined {
  if (after === undefined || ttl === undefined) return undefined;
  const endsAtMs = nowMs + ttl.ms;
  return {
    source: after.name,
    destination: entry.name,
    endsAtMs,
    ttl: ttl.text,
    by,
    written: after,
    ...(before && comingBack(view, { entry, before, after, endsAtMs })),
  };
}

interface Replacement {
  readonly entry: ServiceIntentions;
  readonly before: SourceIntention;
  readonly after: SourceIntention;
  readonly endsAtMs: number;
}

/** What stood there for a while only comes back for as long as it would have been there still. */
function comingBack(view: View, { entry, before, after, endsAtMs }: Replacement): Return {
  const standing = standingDeadline(view, entry, before);
  if (standing === undefined) return { before };
  // The same again with another end takes the place of the first.
  if (sayTheSame(before, after)) return returnAt(standing, endsAtMs);
  const outer = { ...standing, writtenAt: writtenAt(view, standing) };
  return returnAt({ before, outer }, endsAtMs);
}

/** The revision that wrote a deadline. */
export function writtenAt(view: View, deadline: IntentionDeadline): Revision {
  const row = view.revisions(intentionDeadlines, intentionDeadlines.key(deadline));
  return deadline.writtenAt ?? row?.modified ?? 0;
}

function depth({ outer }: Return): number {
  return outer === undefined ? 0 : 1 + depth(outer);
}

function tooDeep(source: string, destination: string): string {
  return `${source} => ${destination}: ${deepest} intentions that end later wait beneath this one already; write one without a time to live, or delete it`;
}

/** What becomes of the deadlines of an entry that was changed as a whole: those of sources that say something else now are over. */
export function staleDeadlines(
  view: View,
  name: string,
  after: ServiceIntentions | undefined,
): readonly Operation[] {
  return view
    .by(intentionDeadlines, 'destination', name)
    .filter(({ source, written }) => {
      const present = after?.sources.find((each) => each.name === source && isLocal(each));
      return present === undefined || !sayTheSame(written, present);
    })
    .map((deadline) => remove(intentionDeadlines, intentionDeadlines.key(deadline)));
}
