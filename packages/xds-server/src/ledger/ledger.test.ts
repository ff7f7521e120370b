import { typeUrls } from '@chancery/envoy-api';
import { expect, onTestFinished, test } from 'vitest';
import type { XdsServer } from '../server-options.ts';
import { RawClient } from '../testing/raw-client.ts';
import { resource } from '../testing/script.ts';
import { createXdsServer } from '../xds-server.ts';

const node = { id: 'web', userAgentName: 'envoy' };
const { cluster, listener, secret } = typeUrls;

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 2));
}

/** A server whose clock goes on by one at each look, and clients of one proxy. */
async function scene() {
  const clock = { now: 0 };
  const server = createXdsServer({ now: () => clock.now });
  onTestFinished(() => server[Symbol.asyncDispose]());
  const { port } = await server.listen({ host: '127.0.0.1', port: 0 });
  let revision = 0;
  return {
    server,
    clock,
    publish: (...resources: Parameters<typeof resource>[]) => {
      revision += 1;
      server.publish('web', { revision, resources: resources.map((it) => resource(...it)) });
    },
    connect: (acknowledges = true) => {
      const client = new RawClient(port);
      onTestFinished(() => client[Symbol.dispose]());
      client.acknowledges = acknowledges;
      return client;
    },
  };
}

function typeOf({ ledger }: XdsServer, typeUrl: string) {
  return ledger.type('web', typeUrl);
}

test('what was never asked for has no entry, and what there is nothing of is in sync', async () => {
  const { server, publish, connect } = await scene();
  publish(['cluster', 'db', 'a'], ['listener', 'in', 'a']);
  const client = connect();
  client.send({ node, typeUrl: cluster });
  client.send({ typeUrl: secret, resourceNamesSubscribe: ['none'] });
  await until(() => typeOf(server, cluster)?.ackedAt !== undefined);
  await until(() => typeOf(server, secret)?.state === 'synced');
  expect(typeOf(server, listener)).toBeUndefined();
  expect(typeOf(server, secret)).toMatchObject({ resources: [], versionSent: '' });
  expect(server.ledger.isAsked('web', cluster, 'anything')).toBe(true);
  expect(server.ledger.isAsked('web', secret, 'none')).toBe(true);
  expect(server.ledger.isAsked('web', secret, 'other')).toBe(false);
  expect(server.ledger.isAsked('web', listener, 'in')).toBe(false);
});

test('what a client brings along counts as acknowledged, also where nothing was published when it said so', async () => {
  const { server, publish, connect } = await scene();
  const client = connect();
  client.send({
    node,
    typeUrl: cluster,
    initialResourceVersions: { db: 'a', gone: 'a' },
  });
  client.send({ typeUrl: secret, resourceNamesSubscribe: ['leaf'] });
  await until(() => server.counters.proxies === 1);
  publish(['cluster', 'db', 'a'], ['secret', 'leaf', 'a']);
  await until(() => typeOf(server, secret)?.ackedAt !== undefined);
  await until(() => typeOf(server, cluster)?.state === 'synced');
  const held = typeOf(server, cluster);
  expect(held?.resources).toMatchObject([
    { name: 'db', state: 'synced', sent: { hash: 'a' }, acked: { hash: 'a' } },
  ]);
  expect(held?.versionAcked).toMatch(/./);
  expect(held?.versionAcked).toBe(held?.versionSent);
});

test('a response is pending from when it is due until it is answered', async () => {
  const { server, clock, publish, connect } = await scene();
  publish(['cluster', 'db', 'a']);
  const client = connect();
  client.send({ node, typeUrl: cluster });
  await until(() => typeOf(server, cluster)?.ackedAt === 0);
  const before = typeOf(server, cluster);
  expect(before).toMatchObject({ state: 'synced', pendingSince: undefined });
  expect(before?.versionAcked).toBe(before?.versionSent);
  client.acknowledges = false;
  clock.now = 5;
  publish(['cluster', 'db', 'b']);
  const { nonce } = await client.response(1);
  clock.now = 8;
  // What comes while it waits is pending too, and since then it has been.
  publish(['cluster', 'db', 'c']);
  const pending = typeOf(server, cluster);
  expect(pending).toMatchObject({ state: 'pending', pendingSince: 5, sentAt: 5, ackedAt: 0 });
  expect(pending?.versionAcked).toBe(before?.versionAcked);
  expect(pending?.versionSent).not.toBe(before?.versionSent);
  client.acknowledges = true;
  client.send({ typeUrl: cluster, responseNonce: nonce });
  await until(() => typeOf(server, cluster)?.state === 'synced');
  expect(typeOf(server, cluster)).toMatchObject({ pendingSince: undefined, sentAt: 8, ackedAt: 8 });
});

test('what a proxy has acknowledged as a whole is the last manifest of which nothing is open or refused', async () => {
  const { server, publish, connect } = await scene();
  const acknowledged = () => server.ledger.proxy('web')?.acknowledgedRevision;
  publish(['cluster', 'db', 'a']);
  const client = connect();
  client.send({ node, typeUrl: cluster });
  await until(() => acknowledged() === 1);
  // Nothing that it has changes: it has acknowledged that as well.
  publish(['cluster', 'db', 'a']);
  expect(acknowledged()).toBe(2);
  client.acknowledges = false;
  publish(['cluster', 'db', 'b']);
  const { nonce } = await client.response(1);
  expect(acknowledged()).toBe(2);
  client.send({ typeUrl: cluster, responseNonce: nonce, errorDetail: { message: 'db: bad' } });
  await until(() => typeOf(server, cluster)?.state === 'rejected');
  expect(acknowledged()).toBe(2);
  publish(['cluster', 'db', 'a']);
  expect(acknowledged()).toBe(4);
});

test('a rejection is over when what was rejected is taken back, though nothing is sent for it', async () => {
  const { server, publish, connect } = await scene();
  publish(['cluster', 'db', 'a']);
  const client = connect();
  client.send({ node, typeUrl: cluster });
  await until(() => typeOf(server, cluster)?.state === 'synced');
  client.acknowledges = false;
  publish(['cluster', 'db', 'bad']);
  const { nonce } = await client.response(1);
  client.send({ typeUrl: cluster, responseNonce: nonce, errorDetail: { message: 'db: bad' } });
  await until(() => typeOf(server, cluster)?.state === 'rejected');
  expect(typeOf(server, cluster)?.resources).toMatchObject([
    { state: 'rejected', acked: { hash: 'a' }, nacked: { hash: 'bad', reason: 'db: bad' } },
  ]);
  // It goes on with what it took last, which is known for as long.
  expect(server.ledger.taken('web', cluster, 'db')?.hash).toBe('a');
  publish(['cluster', 'db', 'a']);
  expect(typeOf(server, cluster)).toMatchObject({
    state: 'synced',
    resources: [{ state: 'synced', nacked: undefined }],
  });
});

test('a rejection that names nothing does not count as taken, not even of a removal', async () => {
  const { server, publish, connect } = await scene();
  publish(['cluster', 'db', 'a'], ['cluster', 'api', 'a']);
  const client = connect();
  client.send({ node, typeUrl: cluster });
  await until(() => typeOf(server, cluster)?.state === 'synced');
  client.acknowledges = false;
  publish(['cluster', 'db', 'a']);
  const { nonce, removedResources } = await client.response(1);
  expect(removedResources).toEqual(['api']);
  client.send({ typeUrl: cluster, responseNonce: nonce, errorDetail: { message: 'no' } });
  await until(() => typeOf(server, cluster)?.lastNack !== undefined);
  expect(typeOf(server, cluster)).toMatchObject({ state: 'rejected', lastNack: { reason: 'no' } });
  expect(server.ledger.states().get(cluster)).toEqual({ synced: 0, pending: 0, rejected: 1 });
});

test('states are counted once for all who ask while nothing changes, and anew with each change', async () => {
  const { server, publish, connect } = await scene();
  const count = () => server.ledger.states().get(cluster);
  publish(['cluster', 'db', 'a']);
  const client = connect();
  client.send({ node, typeUrl: cluster });
  await until(() => count()?.synced === 1);
  expect(server.ledger.states()).toBe(server.ledger.states());
  client.acknowledges = false;
  publish(['cluster', 'db', 'b']);
  expect(count()).toEqual({ synced: 0, pending: 1, rejected: 0 });
  const { nonce } = await client.response(1);
  expect(count()).toEqual({ synced: 0, pending: 1, rejected: 0 });
  client.send({ typeUrl: cluster, responseNonce: nonce });
  await until(() => count()?.synced === 1);
  server.withdraw('web');
  expect(count()).toBeUndefined();
});

test('of two streams the one that is behind counts', async () => {
  const { server, publish, connect } = await scene();
  publish(['cluster', 'db', 'a']);
  const quick = connect();
  const slow = connect(false);
  quick.send({ node, typeUrl: cluster });
  slow.send({ node, typeUrl: cluster });
  const { nonce } = await slow.response(0);
  await quick.response(0);
  await until(() => server.counters.acks === 1);
  expect(server.ledger.streams('web')).toBe(2);
  expect(server.ledger.resource('web', cluster, 'db')).toMatchObject({
    state: 'pending',
    acked: undefined,
  });
  slow.send({ typeUrl: cluster, responseNonce: nonce, errorDetail: { message: 'db: bad' } });
  await until(() => typeOf(server, cluster)?.state === 'rejected');
  expect(server.ledger.proxy('web')?.acknowledgedRevision).toBe(0);
  slow.stream.close();
  await until(() => server.ledger.streams('web') === 1);
  expect(server.ledger.resource('web', cluster, 'db')).toMatchObject({
    state: 'synced',
    acked: { hash: 'a' },
    nacked: undefined,
  });
});

test('a stream has been open since its first request, and a new one has not taken what the last one had', async () => {
  const { server, clock, publish, connect } = await scene();
  publish(['cluster', 'db', 'a']);
  clock.now = 3;
  const first = connect();
  first.send({ node, typeUrl: cluster });
  await until(() => typeOf(server, cluster)?.state === 'synced');
  expect(server.ledger.proxy('web')).toMatchObject({ since: 3, userAgent: 'envoy' });
  first.stream.close();
  await until(() => server.counters.streams === 0);
  expect(server.ledger.proxy('web')).toMatchObject({ since: undefined, streams: 0 });
  expect(typeOf(server, cluster)?.resources).toMatchObject([{ acked: { hash: 'a' } }]);
  clock.now = 7;
  const second = connect(false);
  second.send({ node, typeUrl: cluster });
  await second.response(0);
  expect(server.ledger.proxy('web')).toMatchObject({ since: 7, acknowledgedRevision: 0 });
  expect(typeOf(server, cluster)).toMatchObject({
    state: 'pending',
    resources: [{ acked: undefined, sent: { hash: 'a' } }],
  });
});

test('who watches is told of each change once all of it is written down, until the end', async () => {
  const { server, publish, connect } = await scene();
  const told: string[] = [];
  const end = server.ledger.onChange((proxyId) => {
    const entry = server.ledger.proxy(proxyId);
    const state = typeOf(server, cluster)?.state;
    const line = entry === undefined ? 'withdrawn' : `${entry.streams} ${state}`;
    if (told.at(-1) !== line) told.push(line);
  });
  publish(['cluster', 'db', 'a']);
  const client = connect();
  client.send({ node, typeUrl: cluster });
  await until(() => told.at(-1) === '1 synced');
  client.acknowledges = false;
  publish(['cluster', 'db', 'bad']);
  await until(() => told.at(-1) === '1 pending');
  const { nonce } = await client.response(1);
  client.send({ typeUrl: cluster, responseNonce: nonce, errorDetail: { message: 'db: bad' } });
  await until(() => told.at(-1) === '1 rejected');
  client.stream.close();
  await until(() => told.at(-1) === '0 rejected');
  server.withdraw('web');
  expect(told.at(-1)).toBe('withdrawn');
  end();
  const { length } = told;
  publish(['cluster', 'db', 'a']);
  expect(told).toHaveLength(length);
});
