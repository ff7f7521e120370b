import {
  type Command,
  commit,
  defineTable,
  put,
  refuse,
  remove,
  type Table,
} from '@chancery/store';
import { authorityRoot, onlyKey, type RootRow } from './authority-state.ts';

/** A root that proxies must trust although it signs nothing: not yet, or no more. */
export type OtherRoot =
  /** Waits until the proxies trust it; then it signs. */
  | (RootRow & { readonly id: string; readonly state: 'announced' })
  /** Has signed leafs that are still good; its key is gone. `until` is when the last of them ends, in milliseconds since 1970. */
  | {
      readonly id: string;
      readonly state: 'retired';
      readonly certificatePem: string;
      readonly until: number;
    };

/** The roots beside the one that signs; secret for the sake of the key of an announced one. */
export const otherRoots: Table<OtherRoot> = defineTable<OtherRoot>({
  name: 'otherRoots',
  kind: 'secret',
  key: ({ id }) => id,
});

/** Has every proxy trust a root before it signs. One change at a time. */
export const announceRoot: Command<RootRow & { readonly id: string }, void> = (view, _by, root) => {
  const waiting = view.all(otherRoots).find(({ state }) => state === 'announced');
  if (waiting !== undefined && waiting.id !== root.id) {
    return refuse('conflict', `the root ${waiting.id} is about to take over: wait until it signs`);
  }
  return commit([put(otherRoots, { ...root, state: 'announced' })], undefined);
};

/** Lets the announced root sign; the one before is trusted as long as its leafs live, and cannot sign any more. */
export const activateRoot: Command<
  { readonly id: string; readonly activeId: string; readonly until: number },
  void
> = (view, _by, { id, activeId, until }) => {
  const announced = view.get(otherRoots, id);
  const active = view.get(authorityRoot, onlyKey);
  if (announced?.state !== 'announced' || active === undefined) {
    return refuse('not-found', `there is no announced root ${id}`);
  }
  const { certificatePem, privateKeyPem } = announced;
  const retired = { id: activeId, state: 'retired', until } as const;
  return commit(
    [
      put(authorityRoot, { certificatePem, privateKeyPem }),
      remove(otherRoots, id),
      put(otherRoots, { ...retired, certificatePem: active.certificatePem }),
    ],
    undefined,
  );
};

/** Forgets the roots whose last leaf has ended. */
export const forgetRoots: Command<{ readonly now: number }, void> = (view, _by, { now }) =>
  commit(
    view
      .all(otherRoots)
      .filter((root) => root.state === 'retired' && root.until <= now)
      .map(({ id }) => remove(otherRoots, id)),
    undefined,
  );
