import { configEntries, type FormerEntries, intentionDeadlines } from '@chancery/config-entries';
import type { Outcome } from '@chancery/mesh-api';
import { NetChanges } from '@chancery/plan';
import type { Change, Refusal, Revision, Store, Table } from '@chancery/store';
import { turnsBetween } from '../turns-between.ts';

/** What the declared rows were at a revision, told by what changed since. */
export interface Since {
  /** The state that was looked back from. */
  readonly view: Store['view'];
  /** What changed from then on. */
  readonly changes: readonly Change[];
}

/** What changed after a revision; a revision that there is none of yet, or that is no longer kept, is refused. */
export async function changesSince(store: Store, revision: Revision): Promise<Outcome<Since>> {
  const { view } = store;
  const net = await netBetween(store, revision, view.revision);
  return net.ok ? { ok: true, value: { view, changes: net.value } } : net;
}

/** What changed from one revision to another, earlier or later; what is no longer kept is refused. */
export async function netBetween(
  store: Store,
  from: Revision,
  to: Revision,
): Promise<Outcome<readonly Change[]>> {
  const [first, last] = from < to ? [from, to] : [to, from];
  const refused = (await unknownRevision(store, first)) ?? (await unknownRevision(store, last));
  if (refused !== undefined) return { ok: false, refusal: refused };
  try {
    const changes = await between(store, first, last);
    return { ok: true, value: from < to ? changes : changes.map(reversed) };
  } catch (error) {
    // It may have gone from the history while that was read.
    const refusal = await unknownRevision(store, first);
    if (refusal === undefined) throw error;
    return { ok: false, refusal };
  }
}

async function between(store: Store, after: Revision, upTo: Revision): Promise<readonly Change[]> {
  const net = new NetChanges();
  const othersTurn = turnsBetween();
  for await (const { revision, changes } of store.history(after)) {
    if (revision > upTo) break;
    for (const change of changes) {
      net.add(change);
      await othersTurn();
    }
  }
  return net.all();
}

function reversed({ table, key, before, after }: Change): Change {
  return {
    table,
    key,
    ...(after !== undefined && { before: after }),
    ...(before !== undefined && { after: before }),
  };
}

/** Why the state of a revision cannot be told. */
async function unknownRevision(
  store: Pick<Store, 'view' | 'historyFloor'>,
  revision: Revision,
): Promise<Refusal | undefined> {
  const newest = store.view.revision;
  if (!Number.isSafeInteger(revision) || revision < 1 || revision > newest) {
    return {
      code: 'invalid',
      message: `there is no revision ${revision}: the newest is ${newest}`,
    };
  }
  const floor = await store.historyFloor();
  if (revision >= floor) return undefined;
  const message = `revision ${revision} is no longer kept: the history goes back to revision ${floor}`;
  return { code: 'not-found', message };
}

/** The entries as they were before what changed since. */
export function formerEntries(since: Since, revision: Revision, datacenter: string): FormerEntries {
  return {
    entries: formerRows(configEntries, since),
    deadlines: formerRows(intentionDeadlines, since),
    origin: `revision ${revision}`,
    datacenter,
  };
}

/** The tables that are taken back. */
export const takenBack: ReadonlySet<string> = new Set([
  configEntries.name,
  intentionDeadlines.name,
]);

function formerRows<Row>(table: Table<Row>, { view, changes }: Since): readonly Row[] {
  const rows = new Map(view.all(table).map((row) => [table.key(row), row]));
  for (const { table: name, key, before } of changes) {
    if (name !== table.name) continue;
    if (before === undefined) rows.delete(key);
    else rows.set(key, before as Row);
  }
  return [...rows.values()];
}
