import { catalogTables, type Instance, instances } from '@chancery/catalog';
import { typeUrls } from '@chancery/envoy-api';
import type { Applied } from '@chancery/mesh-api';
import type { ProxySnapshot } from '@chancery/snapshot';
import {
  commit,
  defineQuery,
  defineTable,
  memoryJournal,
  openStore,
  put,
  remove,
  type Table,
} from '@chancery/store';
import { onTestFinished } from 'vitest';
import { applied } from '../mesh/proxies/applied.ts';
import type { ProxyParts } from '../mesh/proxies/proxy-parts.ts';
import { ProxyPublisher, type PublisherParts } from '../proxies/proxy-publisher.ts';
import { PublicationLog } from '../proxies/publication-log.ts';
import { ScriptedLedger } from './scripted-ledger.ts';

interface Row {
  readonly id: string;
  readonly version: number;
}

const rows = defineTable<Row>({ name: 'rows', kind: 'declared', key: ({ id }) => id });
/** The cluster `c` comes from what is registered. */
const declared = {
  publicListener: { address: '', port: 0 },
  config: { localClusterJson: JSON.stringify({ '@type': typeUrls.cluster, name: 'c' }) },
  rules: { rules: [] },
  upstreams: [],
};
const proxySnapshot = defineQuery<string, ProxySnapshot | undefined>({
  name: 'test.snapshot',
  evaluate: (view, id) => {
    const row = view.get(rows, id);
    return (
      row && ({ ...declared, proxyId: id, service: { name: id }, version: row.version } as never)
    );
  },
});

/** What a test does to the proxies of a scene, and asks of them. Each write gives its revision. */
export interface AppliedScene {
  readonly clock: { now: number };
  readonly ledger: ScriptedLedger;
  readonly publisher: ProxyPublisher;
  readonly settled: () => Promise<void>;
  readonly register: (id: string, port?: number) => Promise<number>;
  readonly deregister: (id: string) => Promise<number>;
  readonly set: (version: number, ...ids: readonly string[]) => Promise<number>;
  readonly connect: (...ids: readonly string[]) => Promise<void>;
  readonly ask: (revision: number, timeoutMs?: number, signal?: AbortSignal) => Promise<Applied>;
}

/** Proxies each of which has one cluster, `c`, with its version as hash; and who asks which have applied a revision. */
export async function appliedScene(
  secrets: PublisherParts['secrets'] = () => [],
): Promise<AppliedScene> {
  const clock = { now: 100 };
  const now = () => clock.now;
  const tables = [rows, ...catalogTables];
  const store = await openStore({ tables, journal: memoryJournal(), now });
  const publications = new PublicationLog(store.view.revision);
  const ledger = new ScriptedLedger();
  const publisher = new ProxyPublisher({
    store,
    proxySnapshot,
    compile: (snapshot) => {
      const hash = String((snapshot as unknown as Row).version);
      const body = new Uint8Array();
      return {
        resources: [{ typeUrl: typeUrls.cluster, name: 'c', hash, body }],
        secrets: [],
        diagnostics: [],
      };
    },
    secrets,
    publish: (proxyId, manifest, span) => {
      for (const { typeUrl, name, hash } of manifest.resources) {
        const isOld = ledger.resource(proxyId, typeUrl, name)?.acked !== undefined;
        if (isOld) ledger.sent(proxyId, name, hash, manifest.revision);
      }
      publications.note(proxyId, manifest, span);
    },
    withdraw: () => undefined,
    onDiagnostics: () => undefined,
    onFailure: () => undefined,
  });
  onTestFinished(() => publisher[Symbol.dispose]());
  const xds = { ledger, publisher, publications, queries: { proxySnapshot } };
  const parts = { store, node: 'here', xds, now } as unknown as ProxyParts;
  const write = async (...operations: Parameters<typeof commit>[0][number][]): Promise<number> => {
    const by = { principal: { name: 'test' } };
    await store.commit(() => commit(operations, undefined), undefined, by);
    return store.view.revision;
  };
  const settled = () => new Promise<void>((resolve) => setImmediate(() => setImmediate(resolve)));
  return {
    ...{ clock, ledger, publisher },
    settled,
    register: (id: string, port = 1) =>
      write(put(instances as Table<Instance>, sidecarOf(id, port))),
    deregister: (id: string) => write(remove(instances as Table<Instance>, `here/${id}`)),
    set: (version: number, ...ids: readonly string[]) =>
      write(...ids.map((id) => put(rows, { id, version }))),
    connect: async (...ids: readonly string[]) => {
      for (const id of ids) {
        publisher.follow(id, 'wanted');
        ledger.open(id);
      }
      await settled();
    },
    ask: (revision: number, timeoutMs = 10_000, signal = new AbortController().signal) =>
      applied(parts, revision, timeoutMs, signal),
  };
}

function sidecarOf(id: string, port: number): Instance {
  const proxy = { destinationServiceName: id };
  const service = { id, name: id, port, kind: 'connect-proxy', proxy };
  return { node: 'here', service, asSidecar: true } as unknown as Instance;
}
