import type { ChangeSet, Revision, Store } from '@chancery/store';
import { turnsBetween } from '../turns-between.ts';
import { keptHistory } from './kept-history.ts';

/** Revisions that are read at a time: few at first, since most who ask want no more than the newest. */
const firstWindow = 128;
const largestWindow = 2048;

/** The change sets before a revision that there may be, newest first, as far back as they are kept; others have their turn in between. */
export async function* latestHistory(
  store: Pick<Store, 'history' | 'historyFloor'>,
  before: Revision,
): AsyncGenerator<ChangeSet> {
  const othersTurn = turnsBetween();
  let end = before;
  for (let size = firstWindow; ; size = Math.min(size * 2, largestWindow)) {
    const floor = await store.historyFloor();
    const start = Math.max(floor, end - 1 - size);
    for (const changeSet of (await between(store, start, end, othersTurn)).reverse()) {
      await othersTurn();
      yield changeSet;
    }
    if (start <= floor) return;
    end = start + 1;
  }
}

async function between(
  store: Pick<Store, 'history' | 'historyFloor'>,
  after: Revision,
  before: Revision,
  othersTurn: () => Promise<void>,
): Promise<ChangeSet[]> {
  const found: ChangeSet[] = [];
  for await (const changeSet of keptHistory(store, after)) {
    await othersTurn();
    if (changeSet.revision >= before) break;
    found.push(changeSet);
  }
  return found;
}
