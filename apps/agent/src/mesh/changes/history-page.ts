import type { HistoryItem, HistoryPage, HistoryQuestion } from '@chancery/mesh-api';
import { type Telling, tellingSteps } from '@chancery/plan';
import type { ChangeSet, Store } from '@chancery/store';
import { turnsBetween, withTurns } from '../turns-between.ts';
import { latestHistory } from './latest-history.ts';

/**
 * A commit as people read it. Whatever declared row it changed is told, whether or not its table is known here;
 * of one that changed many, others have their turn in between, and the first `most` are told where that is given.
 */
export async function historyItem(
  changeSet: ChangeSet,
  tell: Telling,
  othersTurn: () => Promise<void>,
  most?: number,
): Promise<HistoryItem> {
  const { revision, at, by, reason, why: via, changes } = changeSet;
  return {
    revision,
    at,
    by,
    ...(reason !== undefined && { reason }),
    ...(via !== undefined && { via }),
    changes: await withTurns(tellingSteps(changes, tell, most), othersTurn),
    ...(most !== undefined && changes.length > most && { moreChanges: changes.length - most }),
  };
}

/** A part of the history, newest first; of each commit the first `most` changes where that is given. */
export async function historyPage(
  store: Pick<Store, 'view' | 'history' | 'historyFloor'>,
  question: HistoryQuestion,
  tell: Telling,
  most?: number,
): Promise<HistoryPage> {
  const { revision } = store.view;
  const items: HistoryItem[] = [];
  const othersTurn = turnsBetween();
  let more = false;
  // Whoever asks for what is before a revision to come means all that there is.
  const before = Math.min(question.before ?? revision + 1, revision + 1);
  for await (const changeSet of latestHistory(store, before)) {
    if (!isAsked(changeSet, question, tell)) continue;
    more = items.length === question.limit;
    if (more) break;
    items.push(await historyItem(changeSet, tell, othersTurn, most));
  }
  return { items, floor: await store.historyFloor(), revision, more };
}

/** Whether a commit changed something of a kind and a name. It is told whole then: what came with it belongs to it. */
function isAsked({ changes }: ChangeSet, { kind, name }: HistoryQuestion, tell: Telling): boolean {
  if (kind === undefined && name === undefined) return true;
  return changes.some((change) => {
    const told = tell(change);
    return (
      (kind === undefined || told.kind === kind) &&
      (name === undefined || told.names.includes(name))
    );
  });
}
