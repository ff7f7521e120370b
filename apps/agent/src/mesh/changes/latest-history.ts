import type { ChangeSet, Revision, Store } from '@chancery/store';
import { keptHistory } from './kept-history.ts';

/** Revisions that are read at a time: few at first, since most who ask want no more than the newest. */
const firstWindow = 128;
const largestWindow = 2048;

/** The change sets before a revision, newest first, as far back as they are kept. */
export async function* latestHistory(
  store: Pick<Store, 'history' | 'historyFloor'>,
  before: Revision,
): AsyncGenerator<ChangeSet> {
  let end = before;
  for (let size = firstWindow; ; size = Math.min(size * 2, largestWindow)) {
    const floor = await store.historyFloor();
    const start = Math.max(floor, end - 1 - size);
    yield* (await between(store, start, end)).reverse();
    if (start <= floor) return;
    end = start + 1;
  }
}

async function between(
  store: Pick<Store, 'history' | 'historyFloor'>,
  after: Revision,
  before: Revision,
): Promise<ChangeSet[]> {
  const found: ChangeSet[] = [];
  for await (const changeSet of keptHistory(store, after)) {
    if (changeSet.revision >= before) break;
    found.push(changeSet);
  }
  return found;
}
