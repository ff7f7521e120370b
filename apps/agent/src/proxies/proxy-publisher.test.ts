import type { ProxySnapshot } from '@chancery/snapshot';
import {
  commit,
  defineQuery,
  defineTable,
  memoryJournal,
  openStore,
  put,
  remove,
} from '@chancery/store';
import type { Diagnostic, Resource } from '@chancery/xds-translator';
import { expect, test } from 'vitest';
import { ProxyPublisher, type PublisherParts } from './proxy-publisher.ts';

interface Row {
  readonly id: string;
  readonly version: number;
}

const rows = defineTable<Row>({ name: 'rows', kind: 'declared', key: ({ id }) => id });
const by = { principal: { name: 'test' } };

const bigVersion: Diagnostic = { code: 'name-taken', resource: 'it', message: 'too big' };

/** A snapshot that is no more than its service's name; the publisher looks no further. */
const proxySnapshot = defineQuery<string, ProxySnapshot | undefined>({
  name: 'test.snapshot',
  evaluate: (view, id) => {
    const row = view.get(rows, id);
    return (
      row &&
      ({ proxyId: id, service: { name: 'db' }, version: row.version } as unknown as ProxySnapshot)
    );
  },
});

async function publisherWith(secrets: PublisherParts['secrets'] = () => []) {
  const store = await openStore({ tables: [rows], journal: memoryJournal(), now: () => 0 });
  const told: string[] = [];
  const failures: unknown[] = [];
  const publisher = new ProxyPublisher({
    store,
    proxySnapshot,
    compile: (snapshot) => ({
      resources: [{ name: `v${(snapshot as unknown as Row).version}` } as Resource],
      secrets: [],
      diagnostics: (snapshot as unknown as Row).version > 10 ? [bigVersion] : [],
    }),
    secrets,
    publish: (id, { resources }) => told.push(`${id}: ${resources.map(({ name }) => name).join()}`),
    withdraw: (id) => told.push(`${id} withdrawn`),
    onDiagnostics: (id, [first]) => told.push(`${id} ${first?.code}`),
    onFailure: (_id, cause) => failures.push(cause),
  });
  const set = (version: number) =>
    store.commit(() => commit([put(rows, { id: 'db', version })], undefined), undefined, by);
  const unset = () => store.commit(() => commit([remove(rows, 'db')], undefined), undefined, by);
  const settled = () => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
  return { publisher, told, failures, set, unset, settled };
}

test('nothing is made for a proxy that nobody asks for', async () => {
  const { told, set, settled } = await publisherWith();
  await set(1);
  await settled();
  expect(told).toEqual([]);
});

test('a proxy is supplied from when it asks until it has gone', async () => {
  const { publisher, told, set, settled } = await publisherWith();
  await set(1);
  publisher.follow('db', 'wanted');
  await settled();
  await set(2);
  await settled();
  publisher.follow('db', 'unwanted');
  await set(3);
  await settled();
  expect(told).toEqual(['db: v1', 'db: v2', 'db withdrawn']);
});

test('a proxy that asks before it is registered is supplied as soon as it is', async () => {
  const { publisher, told, set, unset, settled } = await publisherWith();
  publisher.follow('db', 'wanted');
  await settled();
  await set(1);
  await settled();
  await unset();
  await settled();
  expect(told).toEqual(['db withdrawn', 'db: v1', 'db withdrawn']);
});

test('a secret that is late is not served with a snapshot that is old', async () => {
  const pending: PromiseWithResolvers<readonly Resource[]>[] = [];
  const { publisher, told, set, settled } = await publisherWith(() => {
    const next = Promise.withResolvers<readonly Resource[]>();
    pending.push(next);
    return next.promise;
  });
  await set(1);
  publisher.follow('db', 'wanted');
  await settled();
  await set(2);
  await settled();
  for (const each of pending) each.resolve([{ name: 'leaf' } as Resource]);
  await settled();
  expect(told).toEqual(['db: v2,leaf']);
});

test('a secret that cannot be had is told, and the next change tries again', async () => {
  let broken = true;
  const { publisher, told, failures, set, settled } = await publisherWith(() =>
    broken ? Promise.reject(new Error('no leaf')) : [],
  );
  await set(1);
  publisher.follow('db', 'wanted');
  await settled();
  expect(failures).toHaveLength(1);
  broken = false;
  await set(2);
  await settled();
  expect(told).toEqual(['db: v2']);
});

test('a new leaf is published to the proxies of its service', async () => {
  const { publisher, told, set, settled } = await publisherWith();
  await set(1);
  publisher.follow('db', 'wanted');
  await settled();
  publisher.republish({ name: 'web', namespace: 'default', partition: 'default' });
  publisher.republish({ name: 'db', namespace: 'default', partition: 'default' });
  expect(told).toEqual(['db: v1', 'db: v1']);
});

test('what is wrong with a proxy is told once, and again when it comes back', async () => {
  const { publisher, told, set, settled } = await publisherWith();
  await set(11);
  publisher.follow('db', 'wanted');
  await settled();
  for (const version of [12, 1, 13]) {
    await set(version);
    await settled();
  }
  expect(told).toEqual([
    'db name-taken',
    'db: v11',
    'db: v12',
    'db: v1',
    'db name-taken',
    'db: v13',
  ]);
});
