import { typeUrls } from '@chancery/envoy-api';
import { expect, onTestFinished, test } from 'vitest';
import type { Nack } from '../server-options.ts';
import { RawClient } from '../testing/raw-client.ts';
import { resource } from '../testing/script.ts';
import { createXdsServer } from '../xds-server.ts';
import type { LedgerState } from './ledger-entry.ts';

const { cluster } = typeUrls;
const node = { id: 'web-proxy' };
const one = { revision: 1, resources: [resource('cluster', 'db', 'a')] };

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 2));
}

test('a rejection is told once, however often it is repeated, and stays in the ledger until the resource changes', async () => {
  const nacks: Nack[] = [];
  await using server = createXdsServer({ now: () => 42, onNack: (nack) => nacks.push(nack) });
  const { port } = await server.listen({ host: '127.0.0.1', port: 0 });
  server.publish('web-proxy', one);
  for (let attempt = 0; attempt < 3; attempt += 1) {
    using client = new RawClient(port);
    client.acknowledges = false;
    client.send({ node: { ...node, userAgentName: 'envoy' }, typeUrl: cluster });
    const { nonce } = await client.response(0);
    client.send({ typeUrl: cluster, responseNonce: nonce, errorDetail: { message: 'db: bad' } });
    await until(() => server.ledger.proxy('web-proxy')?.types[0]?.state === 'rejected');
    client.stream.close();
    await until(() => server.counters.streams === 0);
  }
  const reason = 'db: bad';
  expect(nacks).toEqual([
    { proxyId: 'web-proxy', typeUrl: cluster, resources: ['db'], reason, revision: 1 },
  ]);
  const rejection = { hash: 'a', revision: 1, at: 42, reason };
  expect(server.ledger.snapshot()).toEqual([
    {
      proxyId: 'web-proxy',
      streams: 0,
      since: undefined,
      userAgent: 'envoy',
      acknowledgedRevision: 0,
      types: [
        {
          typeUrl: cluster,
          state: 'rejected',
          pendingSince: undefined,
          versionSent: '',
          versionAcked: '',
          sentAt: 42,
          ackedAt: undefined,
          lastNack: { reason, revision: 1, at: 42 },
          resources: [
            {
              name: 'db',
              state: 'rejected',
              sent: undefined,
              acked: undefined,
              nacked: rejection,
            },
          ],
        },
      ],
    },
  ]);
  expect(server.ledger.states().get(cluster)).toEqual({ synced: 0, pending: 0, rejected: 1 });
  expect(server.counters.nacks).toBeGreaterThan(0);
  using client = new RawClient(port);
  server.publish('web-proxy', { revision: 2, resources: [resource('cluster', 'db', 'b')] });
  client.send({ node, typeUrl: cluster });
  await client.response(0);
  await until(() => server.ledger.proxy('web-proxy')?.types[0]?.state === 'synced');
  const mark = { hash: 'b', revision: 2, at: 42 };
  expect(server.ledger.proxy('web-proxy')?.types[0]?.resources).toEqual([
    { name: 'db', state: 'synced', sent: mark, acked: mark, nacked: undefined },
  ]);
  expect(server.ledger.states().get(cluster)).toEqual({ synced: 1, pending: 0, rejected: 0 });
  expect(server.counters.acks).toBe(1);
});

/** A server with one client, which rejects content that is called bad and takes all other. */
async function picky() {
  const server = createXdsServer({ now: () => 42 });
  onTestFinished(() => server[Symbol.asyncDispose]());
  const { port } = await server.listen({ host: '127.0.0.1', port: 0 });
  let revision = 0;
  const connect = (isPicky = true) => {
    const client = new RawClient(port);
    onTestFinished(() => client[Symbol.dispose]());
    client.complaint = (hash) => (isPicky && hash.startsWith('bad') ? `db: ${hash}` : undefined);
    client.send({ node, typeUrl: cluster });
    return client;
  };
  return {
    server,
    connect,
    publish: (...hashes: readonly string[]) => {
      revision += 1;
      const resources = hashes.map((hash) => resource('cluster', 'db', hash));
      server.publish('web-proxy', { revision, resources });
    },
    state: () => server.ledger.type('web-proxy', cluster)?.state,
    settled: (state: LedgerState) =>
      until(() => server.ledger.type('web-proxy', cluster)?.state === state),
    of: () => server.ledger.resource('web-proxy', cluster, 'db'),
  };
}

test.each([
  ['other content', ['good']],
  ['other content, some of it rejected too', ['good', 'bad 2', 'good']],
  ['nothing', [undefined]],
])(
  'what was rejected is so again when it comes back after %s, though it is not sent again',
  async (_, between) => {
    const mesh = await picky();
    mesh.publish('bad 1');
    mesh.connect();
    await mesh.settled('rejected');
    for (const hash of between) {
      mesh.publish(...(hash === undefined ? [] : [hash]));
      await mesh.settled(hash?.startsWith('bad') ? 'rejected' : 'synced');
    }
    const { responses } = mesh.server.counters;
    mesh.publish('bad 1');
    expect(mesh.state()).toBe('rejected');
    expect(mesh.of()).toMatchObject({
      state: 'rejected',
      nacked: { hash: 'bad 1', reason: 'db: bad 1' },
    });
    expect(mesh.server.ledger.type('web-proxy', cluster)?.resources).toEqual([mesh.of()]);
    expect(mesh.server.ledger.states().get(cluster)).toEqual({
      synced: 0,
      pending: 0,
      rejected: 1,
    });
    expect(mesh.server.counters.responses).toBe(responses);
  },
);

test('what one stream rejected is no longer rejected once the next one has taken it', async () => {
  const mesh = await picky();
  mesh.publish('bad');
  const first = mesh.connect();
  await mesh.settled('rejected');
  first.stream.close();
  await until(() => mesh.server.counters.streams === 0);
  expect(mesh.of()).toMatchObject({ state: 'rejected', nacked: { hash: 'bad' } });
  mesh.connect(false);
  await mesh.settled('synced');
  expect(mesh.of()).toMatchObject({ acked: { hash: 'bad' }, nacked: undefined });
});

test('what is not asked for any more is not rejected, nor what was put right before the stream ended', async () => {
  const mesh = await picky();
  mesh.publish('bad');
  const client = mesh.connect();
  await mesh.settled('rejected');
  mesh.publish('good');
  await mesh.settled('synced');
  client.stream.close();
  await until(() => mesh.server.counters.streams === 0);
  expect(mesh.of()).toMatchObject({ state: 'synced', nacked: undefined });
  mesh.publish('bad');
  const other = mesh.connect();
  await mesh.settled('rejected');
  other.send({
    typeUrl: cluster,
    resourceNamesUnsubscribe: ['*'],
    resourceNamesSubscribe: ['else'],
  });
  await mesh.settled('synced');
  expect(mesh.of()).toBeUndefined();
});
