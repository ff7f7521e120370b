import type { ServiceIntentions, SourceIntention } from '@chancery/model';
import {
  type Command,
  commit,
  type Decision,
  type Operation,
  planned,
  put,
  refuse,
  remove,
  type View,
} from '@chancery/store';
import { checkedEntry } from '../checked-entry.ts';
import { configEntries } from '../config-entry.ts';
import { changeProblem } from '../graph/change-problem.ts';
import { entryOn, sourceNamed } from '../stored-intention.ts';
import { deadlineKey, type IntentionDeadline, intentionDeadlines } from './intention-deadline.ts';
import { type Return, returnAt, sayTheSame } from './standing-deadline.ts';

/** Which intention is to end. */
export interface EndIntention {
  readonly source: string;
  readonly destination: string;
  /** The time, in milliseconds since 1970. */
  readonly nowMs: number;
  /** The datacenter in which the entries stand. */
  readonly datacenter: string;
}

/** What became of an intention whose time was over: `kept` where it is not the one that was written with the deadline any more. */
export interface IntentionEnded {
  readonly outcome: 'restored' | 'removed' | 'kept' | 'not-due';
}

/**
 * Undoes an intention whose time is over: what stood there before comes back, else it goes. Refused where what
 * stood there before no longer fits to the other entries.
 */
export const endIntention: Command<EndIntention, IntentionEnded> = (view, _principal, ending) => {
  const { source, destination, nowMs, datacenter } = ending;
  const key = deadlineKey(source, destination);
  const deadline = view.get(intentionDeadlines, key);
  if (deadline === undefined || deadline.endsAtMs > nowMs) {
    return commit([], { outcome: 'not-due' });
  }
  const entry = entryOn(view, destination);
  const present = sourceNamed(entry, source);
  if (!entry || !present || !sayTheSame(deadline.written, present)) {
    return commit([remove(intentionDeadlines, key)], { outcome: 'kept' });
  }
  const back = returnAt(deadline, nowMs);
  const rewritten = entryOperation(entry, present, back);
  if (typeof rewritten === 'string') return refuse('conflict', rewritten);
  const operations = [rewritten, ...deadlineAfter(deadline, back)];
  const outcome = back.before === undefined ? 'removed' : 'restored';
  return contradicted(view, operations, entry, datacenter) ?? commit(operations, { outcome });
};

/** The entry with what comes back in the place of what ends. It does not outlive its last source. */
function entryOperation(
  entry: ServiceIntentions,
  ending: SourceIntention,
  { before }: Return,
): Operation | string {
  const sources = entry.sources.flatMap((source) => (source === ending ? (before ?? []) : source));
  if (sources.length === 0) return remove(configEntries, configEntries.key(entry));
  const checked = checkedEntry({ ...entry, sources });
  return checked.ok ? put(configEntries, checked.entry) : checked.message;
}

function deadlineAfter(over: IntentionDeadline, { outer }: Return): readonly Operation[] {
  const gone = remove(intentionDeadlines, intentionDeadlines.key(over));
  if (outer === undefined) return [gone];
  const takesItsPlace = intentionDeadlines.key(outer) === intentionDeadlines.key(over);
  return takesItsPlace ? [put(intentionDeadlines, outer)] : [gone, put(intentionDeadlines, outer)];
}

function contradicted(
  view: View,
  operations: readonly Operation[],
  entry: ServiceIntentions,
  datacenter: string,
): Decision<never> | undefined {
  const then = planned(view, operations).view;
  const after = entryOn(then, entry.name);
  const problem = after && changeProblem(then, { entry: after, isDeleted: false, datacenter });
  return problem && refuse('conflict', problem.words);
}

/** Why an intention ends, in words for the history: `30m of web => db (deny), written at revision 12 by alice, are over`. */
export function endInWords(
  deadline: IntentionDeadline,
  intention: string,
  revision: number,
): string {
  return `${deadline.ttl} of ${intention}, written at revision ${revision} by ${deadline.by}, are over`;
}
