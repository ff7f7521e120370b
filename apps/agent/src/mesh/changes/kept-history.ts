import type { ChangeSet, Revision, Store } from '@chancery/store';

/**
 * The change sets after a revision, oldest first; those that are no longer kept are left out, also when they
 * go while this is being read.
 */
export async function* keptHistory(
  store: Pick<Store, 'history' | 'historyFloor'>,
  after: Revision,
): AsyncGenerator<ChangeSet> {
  for (let position = after; ; ) {
    position = Math.max(position, await store.historyFloor());
    try {
      for await (const changeSet of store.history(position)) {
        yield changeSet;
        position = changeSet.revision;
      }
      return;
    } catch (error) {
      if ((await store.historyFloor()) <= position) throw error;
    }
  }
}
