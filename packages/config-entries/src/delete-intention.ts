import type { Intention } from '@chancery/intentions';
import type { ServiceIntentions, SourceIntention } from '@chancery/model';
import {
  type Command,
  commit,
  type Operation,
  put,
  refuse,
  remove,
  type View,
} from '@chancery/store';
import { configEntries } from './config-entry.ts';
import { staleDeadlines } from './deadline/deadline-operations.ts';
import { entryWith } from './intention-commands.ts';
import { entryOn, intentionOf, sourceNamed } from './stored-intention.ts';

/** Removes the intention about a pair; removing what is not there is no change. */
export const deleteIntention: Command<
  { source: string; destination: string },
  { deleted?: Intention }
> = (view, _principal, { source, destination }) => {
  const entry = entryOn(view, destination);
  const gone = sourceNamed(entry, source);
  if (entry === undefined || gone === undefined) return commit([], {});
  return commit(without(view, entry, gone), { deleted: intentionOf(entry, gone) });
};

/** Removes the intention with a UUID. */
export const deleteIntentionById: Command<{ id: string }, { deleted: Intention }> = (
  view,
  _principal,
  { id },
) => {
  const entry = entryWith(view, id);
  const gone = entry?.sources.find(({ legacyId }) => legacyId === id);
  if (entry === undefined || gone === undefined) {
    return refuse('not-found', `Cannot delete non-existent intention: '${id}'`);
  }
  return commit(without(view, entry, gone), { deleted: intentionOf(entry, gone) });
};

/** An entry does not outlive its last source. */
function without(
  view: View,
  entry: ServiceIntentions,
  gone: SourceIntention,
): readonly Operation[] {
  const sources = entry.sources.filter((source) => source !== gone);
  const after = { ...entry, sources };
  return [
    sources.length > 0
      ? put(configEntries, after)
      : remove(configEntries, configEntries.key(entry)),
    ...staleDeadlines(view, entry.name, after),
  ];
}
