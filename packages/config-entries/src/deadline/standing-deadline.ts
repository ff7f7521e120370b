import type { ServiceIntentions, SourceIntention } from '@chancery/model';
import { sameJson, type View } from '@chancery/store';
import { deadlineKey, type IntentionDeadline, intentionDeadlines } from './intention-deadline.ts';

/** Whether two sources say the same: IDs, and meta and times of the older API aside, which other ways to write do not keep. */
export function sayTheSame(a: SourceIntention, b: SourceIntention): boolean {
  return sameJson(declared(a), declared(b));
}

function declared({
  legacyId: _id,
  legacyMeta: _meta,
  legacyCreateTimeMs: _created,
  legacyUpdateTimeMs: _updated,
  ...source
}: SourceIntention): object {
  return source;
}

/** The deadline of a source of an entry, where it still is the intention that was written with it. */
export function standingDeadline(
  view: View,
  entry: ServiceIntentions,
  source: SourceIntention,
): IntentionDeadline | undefined {
  const deadline = view.get(intentionDeadlines, deadlineKey(source.name, entry.name));
  return deadline !== undefined && sayTheSame(deadline.written, source) ? deadline : undefined;
}

/** What comes back once a deadline is over, and until when that holds. */
export interface Return {
  readonly before?: SourceIntention;
  readonly outer?: IntentionDeadline;
}

/** What comes back at a time: what is over by then itself does not. */
export function returnAt({ before, outer }: Return, atMs: number): Return {
  if (outer === undefined) return before === undefined ? {} : { before };
  return outer.endsAtMs > atMs ? { before: outer.written, outer } : returnAt(outer, atMs);
}
