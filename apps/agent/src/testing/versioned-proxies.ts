import type { ProxySnapshot } from '@chancery/snapshot';
import {
  commit,
  defineQuery,
  defineTable,
  memoryJournal,
  openStore,
  put,
  type Query,
  remove,
  type Store,
} from '@chancery/store';

interface Row {
  readonly id: string;
  readonly version: number;
}

const rows = defineTable<Row>({ name: 'rows', kind: 'declared', key: ({ id }) => id });
const by = { principal: { name: 'test' } };

/** Proxies that are no more than a version, all of the service `db`: who supplies them looks no further. */
export interface VersionedProxies {
  readonly store: Store;
  readonly proxySnapshot: Query<string, ProxySnapshot | undefined>;
  readonly set: (version: number, id?: string) => Promise<unknown>;
  readonly unset: (id?: string) => Promise<unknown>;
  /** Resolves when what follows from the last change has happened. */
  readonly settled: () => Promise<unknown>;
}

export async function versionedProxies(): Promise<VersionedProxies> {
  const store = await openStore({ tables: [rows], journal: memoryJournal(), now: () => 0 });
  return {
    store,
    proxySnapshot,
    set: (version, id = 'db') =>
      store.commit(() => commit([put(rows, { id, version })], undefined), undefined, by),
    unset: (id = 'db') => store.commit(() => commit([remove(rows, id)], undefined), undefined, by),
    settled: () => new Promise((resolve) => setImmediate(() => setImmediate(resolve))),
  };
}

const proxySnapshot = defineQuery<string, ProxySnapshot | undefined>({
  name: 'test.snapshot',
  evaluate: (view, proxyId) => {
    const row = view.get(rows, proxyId);
    if (row === undefined) return undefined;
    return { proxyId, service: { name: 'db' }, version: row.version } as unknown as ProxySnapshot;
  },
});

/** The version that stands in a snapshot for everything else. */
export function versionOf(snapshot: ProxySnapshot): number {
  return (snapshot as unknown as Row).version;
}
