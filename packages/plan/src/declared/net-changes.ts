import { type Change, type ChangeSet, sameJson } from '@chancery/store';

/** What several commits, oldest first, come to: each row as it was before the first and after the last that changed it. */
export function netChanges(changeSets: Iterable<Pick<ChangeSet, 'changes'>>): readonly Change[] {
  const net = new NetChanges();
  for (const { changes } of changeSets) for (const change of changes) net.add(change);
  return net.all();
}

/** The same, gathered one by one. */
export class NetChanges {
  readonly #net = new Map<string, Change>();

  /** Takes a change that came after all that were added before. */
  add(change: Change): void {
    const place = `${change.table}\0${change.key}`;
    const first = this.#net.get(place);
    const next = first === undefined ? change : joined(first, change);
    // What is back where it was keeps no place; a later change of it begins anew.
    if (isNone(next)) this.#net.delete(place);
    else this.#net.set(place, next);
  }

  all(): readonly Change[] {
    return [...this.#net.values()];
  }
}

function joined({ table, key, ...first }: Change, { after }: Change): Change {
  return {
    table,
    key,
    ...('before' in first && { before: first.before }),
    ...(after !== undefined && { after }),
  };
}

function isNone({ before, after }: Change): boolean {
  return sameJson(before, after);
}
