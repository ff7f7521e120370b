import { typeUrls } from '@chancery/envoy-api';
import { expect, test } from 'vitest';
import type { Nack } from '../server-options.ts';
import { RawClient } from '../testing/raw-client.ts';
import { resource } from '../testing/script.ts';
import { createXdsServer } from '../xds-server.ts';

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
