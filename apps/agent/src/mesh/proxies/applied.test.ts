import { catalogTables, type Instance, instances } from '@chancery/catalog';
import { typeUrls } from '@chancery/envoy-api';
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
import type { Resource } from '@chancery/xds-server';
import { expect, onTestFinished, test } from 'vitest';
import { ProxyPublisher, type PublisherParts } from '../../proxies/proxy-publisher.ts';
import { PublicationLog } from '../../proxies/publication-log.ts';
import { ScriptedLedger } from '../../testing/scripted-ledger.ts';
import { applied } from './applied.ts';
import type { ProxyParts } from './proxy-parts.ts';

interface Row {
  readonly id: string;
  readonly version: number;
}

const rows = defineTable<Row>({ name: 'rows', kind: 'declared', key: ({ id }) => id });
const proxySnapshot = defineQuery<string, ProxySnapshot | undefined>({
  name: 'test.snapshot',
  evaluate: (view, id) => {
    const row = view.get(rows, id);
    return row && ({ proxyId: id, service: { name: id }, version: row.version } as never);
  },
});

/** Proxies each of which has one cluster, `c`, with its version as hash. */
async function scene(secrets: PublisherParts['secrets'] = () => []) {
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
  const settled = () => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
  return {
    ...{ store, clock, ledger, publisher },
    settled,
    register: (id: string) => write(put(instances as Table<Instance>, sidecarOf(id))),
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

function sidecarOf(id: string): Instance {
  const service = { id, name: id, kind: 'connect-proxy', proxy: { destinationServiceName: id } };
  return { node: 'here', service, asSidecar: true } as unknown as Instance;
}

test('it is over when all that a revision concerns have acknowledged it, though none of it was delivered yet', async () => {
  const { set, connect, ledger, clock, ask } = await scene();
  await set(1, 'a', 'b', 'other');
  await connect('a', 'b', 'other');
  clock.now = 200;
  const revision = await set(2, 'a', 'b');
  // Nobody was told of it so far: that happens in a later turn.
  const waiting = ask(revision);
  ledger.acked('a', 'c', '2', revision, 230);
  ledger.acked('b', 'c', '2', revision, 260);
  clock.now = 300;
  expect(await waiting).toEqual({
    affected: 2,
    acknowledged: 2,
    tookMs: 60,
    lagging: [],
    notConnected: [],
  });
  expect(ledger.watchers).toBe(0);
  // And so it is for who asks later, whatever came after it.
  const later = await set(3, 'a');
  ledger.acked('a', 'c', '3', later, 400);
  expect(await ask(revision)).toMatchObject({ affected: 2, acknowledged: 2 });
  expect(await ask(later)).toMatchObject({ affected: 1, acknowledged: 1 });
});

test('a change that concerns nobody is not waited for', async () => {
  const { set, connect, ask } = await scene();
  await set(1, 'a');
  await connect('a');
  const revision = await set(1, 'nobody');
  expect(await ask(revision)).toMatchObject({
    affected: 0,
    acknowledged: 0,
    tookMs: 0,
    lagging: [],
  });
});

test('who lags is named with what it lacks, and since when', async () => {
  const { set, connect, ledger, clock, ask } = await scene();
  await set(1, 'a', 'b');
  await connect('a', 'b');
  clock.now = 500;
  const revision = await set(2, 'a', 'b');
  const waiting = ask(revision, 20);
  ledger.acked('a', 'c', '2', revision, 505);
  ledger.sent('b', 'c', '2', revision);
  clock.now = 4_501;
  expect(await waiting).toMatchObject({
    affected: 2,
    acknowledged: 1,
    tookMs: 4_001,
    lagging: [{ id: 'b', state: 'pending', detail: 'cds c is not acknowledged after 4.5 s' }],
  });
});

test('a rejection is no acknowledgement, and is not waited out', async () => {
  const { set, connect, ledger, ask } = await scene();
  await set(1, 'a', 'b');
  await connect('a', 'b');
  const revision = await set(2, 'a', 'b');
  const waiting = ask(revision, 600_000);
  ledger.acked('a', 'c', '2', revision, 0);
  ledger.rejected('b', 'c', '2', 'no\nsuch thing');
  expect(await waiting).toMatchObject({
    affected: 2,
    acknowledged: 1,
    lagging: [{ id: 'b', state: 'rejected', detail: 'cds c was refused: no such thing' }],
  });
});

test('what a proxy is to have later stands for what it was to have, once it is accepted', async () => {
  const { set, connect, ledger, settled, ask } = await scene();
  await set(1, 'a');
  await connect('a');
  ledger.acked('a', 'c', '1', 1, 0);
  const revision = await set(2, 'a');
  await settled();
  const later = await set(3, 'a');
  const waiting = ask(revision);
  ledger.acked('a', 'c', '3', later, 0);
  expect(await waiting).toMatchObject({ affected: 1, acknowledged: 1 });
});

test('a proxy whose certificate is still being made is waited for', async () => {
  const leaf = Promise.withResolvers<readonly Resource[]>();
  let secrets: ReturnType<PublisherParts['secrets']> = [];
  const { set, connect, ledger, settled, ask } = await scene(() => secrets);
  await set(1, 'a');
  await connect('a');
  ledger.acked('a', 'c', '1', 1, 0);
  secrets = leaf.promise;
  const revision = await set(2, 'a');
  expect(await ask(revision, 20)).toMatchObject({
    affected: 1,
    acknowledged: 0,
    lagging: [{ id: 'a', state: 'pending', detail: expect.stringContaining('certificate') }],
  });
  const waiting = ask(revision);
  leaf.resolve([]);
  await settled();
  expect(await Promise.race([waiting, settled().then(() => 'not yet')])).toBe('not yet');
  ledger.acked('a', 'c', '2', revision, 0);
  expect(await waiting).toMatchObject({ affected: 1, acknowledged: 1 });
});

test('who loses its stream has not applied it until it is back and has; who is deregistered is not waited for', async () => {
  const { register, deregister, set, connect, publisher, ledger, ask } = await scene();
  for (const id of ['a', 'b']) await register(id);
  await set(1, 'a', 'b');
  await connect('a', 'b');
  const revision = await set(2, 'a', 'b');
  const first = ask(revision, 20);
  ledger.acked('a', 'c', '2', revision, 0);
  await Promise.resolve();
  publisher.follow('b', 'unwanted');
  ledger.close('b');
  const outcome = await first;
  // It either was found without a stream, or lost it while it was waited for.
  expect(outcome.acknowledged).toBe(1);
  expect([...outcome.lagging.map(({ id }) => id), ...outcome.notConnected]).toEqual(['b']);
  await connect('b');
  const second = ask(revision);
  ledger.acked('b', 'c', '2', revision, 0);
  expect(await second).toMatchObject({ affected: 2, acknowledged: 2 });

  const third = await set(3, 'a', 'b');
  const waiting = ask(third);
  await new Promise((resolve) => setImmediate(() => setImmediate(() => setImmediate(resolve))));
  ledger.acked('a', 'c', '3', third, 0);
  publisher.follow('b', 'unwanted');
  await deregister('b');
  ledger.close('b');
  expect(await waiting).toMatchObject({ affected: 1, acknowledged: 1, lagging: [] });
});

test('registered sidecars without a stream are told apart', async () => {
  const { register, set, connect, ledger, ask } = await scene();
  for (const id of ['a', 'b', 'c']) await register(id);
  await set(1, 'a', 'b', 'c');
  await connect('a');
  const revision = await set(2, 'a', 'b');
  const waiting = ask(revision);
  ledger.acked('a', 'c', '2', revision, 0);
  expect(await waiting).toMatchObject({ affected: 1, acknowledged: 1, notConnected: ['b'] });
});

test('what a proxy never asks for is not waited for, unless it is only beginning', async () => {
  const { set, connect, ledger, ask } = await scene();
  await set(1, 'a', 'b');
  await connect('a', 'b');
  ledger.open('a', [typeUrls.listener]);
  const revision = await set(2, 'a', 'b');
  const waiting = ask(revision, 20);
  ledger.acked('b', 'c', '2', revision, 0);
  expect(await waiting).toMatchObject({
    affected: 2,
    acknowledged: 1,
    lagging: [{ id: 'a', state: 'not-subscribed', detail: 'cds c is not asked for yet' }],
  });
});

test('who gives up waiting leaves nothing behind', async () => {
  const { set, connect, ledger, ask } = await scene();
  await set(1, 'a');
  await connect('a');
  const revision = await set(2, 'a');
  const leaving = new AbortController();
  const waiting = ask(revision, 600_000, leaving.signal);
  leaving.abort();
  await waiting;
  expect(ledger.watchers).toBe(0);
});

test('what it had before does not count while something else is on its way', async () => {
  const { set, connect, settled, ledger, ask } = await scene();
  await set(1, 'a');
  await connect('a');
  ledger.acked('a', 'c', '1', 1, 100);
  const change = await set(2, 'a');
  await settled();
  const revision = await set(1, 'a');
  await settled();
  // It was sent what the second takes back, and has not answered yet.
  ledger.sent('a', 'c', '2', change);
  expect(await ask(revision, 20)).toMatchObject({ affected: 1, acknowledged: 0 });
});
