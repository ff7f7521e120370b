import type { Diagnostic, Resource } from '@chancery/xds-translator';
import { expect, test } from 'vitest';
import { versionedProxies, versionOf } from '../testing/versioned-proxies.ts';
import { ProxyPublisher, type PublisherParts } from './proxy-publisher.ts';

const bigVersion: Diagnostic = { code: 'name-taken', resource: 'it', message: 'too big' };

async function publisherWith(secrets: PublisherParts['secrets'] = () => []) {
  const { store, proxySnapshot, ...changes } = await versionedProxies();
  const told: string[] = [];
  const failures: unknown[] = [];
  const publisher = new ProxyPublisher({
    store,
    proxySnapshot,
    compile: (snapshot) => ({
      resources: [{ name: `v${versionOf(snapshot)}` } as Resource],
      secrets: [],
      diagnostics: versionOf(snapshot) > 10 ? [bigVersion] : [],
    }),
    secrets,
    publish: (id, { resources }) => told.push(`${id}: ${resources.map(({ name }) => name).join()}`),
    withdraw: (id) => told.push(`${id} withdrawn`),
    onDiagnostics: (id, [first]) => told.push(`${id} ${first?.code}`),
    onFailure: (_id, cause) => failures.push(cause),
  });
  return { publisher, told, failures, ...changes };
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

test('what is published says which revisions led to it, and a renewed leaf none', async () => {
  const spans: unknown[] = [];
  let leaf: readonly Resource[] | Promise<readonly Resource[]> = [];
  const { store, proxySnapshot, set, settled } = await versionedProxies();
  using publisher = new ProxyPublisher({
    store,
    proxySnapshot,
    compile: () => ({ resources: [], secrets: [], diagnostics: [] }),
    secrets: () => leaf,
    publish: (_id, _manifest, span) => spans.push(span),
    withdraw: () => undefined,
    onDiagnostics: () => undefined,
    onFailure: () => undefined,
  });
  await set(1);
  const first = store.view.revision;
  publisher.follow('db', 'wanted');
  await settled();
  expect(spans.splice(0)).toEqual([{ to: first }]);
  await set(1, 'other');
  await set(2);
  await settled();
  // What came before does not concern it: others were told of it.
  expect(spans.splice(0)).toEqual([{ from: first + 2, to: first + 2 }]);
  publisher.republish({ name: 'db', namespace: 'default', partition: 'default' });
  expect(spans.splice(0)).toEqual([undefined]);
  publisher.republishAll({ from: 7, to: 9 });
  expect(spans.splice(0)).toEqual([{ from: 7, to: 9 }]);

  const late = Promise.withResolvers<readonly Resource[]>();
  leaf = late.promise;
  await set(3);
  await settled();
  const [third, fourth] = [store.view.revision, store.view.revision + 1];
  expect(publisher.supply('db')).toMatchObject({ isCurrent: false, snapshot: { version: 3 } });
  expect([third - 1, third, fourth].map((it) => publisher.isDue('db', it))).toEqual([
    false,
    true,
    false,
  ]);
  await set(4);
  await settled();
  expect(publisher.isDue('db', third)).toBe(true);
  late.resolve([]);
  await settled();
  expect(spans.splice(0)).toEqual([{ from: third, to: fourth }]);
  expect(publisher.isDue('db', fourth)).toBe(false);
  expect(publisher.supply('db')?.isCurrent).toBe(true);
});
