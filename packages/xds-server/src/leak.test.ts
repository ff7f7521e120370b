import { connect } from 'node:http2';
import { typeUrls } from '@chancery/envoy-api';
import { expect, test } from 'vitest';
import { RawClient } from './testing/raw-client.ts';
import { resource } from './testing/script.ts';
import { createXdsServer } from './xds-server.ts';

const typeUrl = typeUrls.cluster;

const attempts: readonly ((client: RawClient) => void)[] = [
  (client) => client.send({ typeUrl }),
  (client) => client.send({ node: { id: 'nobody' } }),
  (client) => client.write(Uint8Array.of(0, 0xff, 0xff, 0xff, 0xff)),
  (client) => client.write(Uint8Array.of(1, 0, 0, 0, 0)),
  (client) => client.write(Uint8Array.of(0, 0, 0, 0, 2, 0xff, 0xff)),
  (client) => client.stream.end(),
  (client) => client.stream.close(8),
  (client) => {
    client.send({ node: { id: 'nobody' }, typeUrl });
    client.stream.close(8);
  },
  (client) => {
    client.send({ node: { id: 'web' }, typeUrl });
    client.stream.end();
  },
];

function timers(): number {
  return process.getActiveResourcesInfo().filter((it) => it === 'Timeout').length;
}

test('ten thousand streams that are refused or broken off leave nothing behind', {
  timeout: 60_000,
}, async () => {
  await using server = createXdsServer();
  const { port } = await server.listen({ host: '127.0.0.1', port: 0 });
  server.publish('web', { revision: 1, resources: [resource('cluster', 'db', 'a')] });
  const before = timers();
  for (let round = 0; round < 100; round += 1) {
    const session = connect(`http://127.0.0.1:${port}`);
    session.setMaxListeners(200);
    const clients = Array.from({ length: 100 }, (_, at) => {
      const headers: Record<string, string> = at % 2 === 0 ? {} : { 'grpc-timeout': '1H' };
      const client = new RawClient(port, headers, session);
      attempts[at % attempts.length]?.(client);
      return client;
    });
    // The last rounds break off the whole connection in the middle.
    if (round < 90) await Promise.all(clients.map((client) => client.ended));
    session.destroy();
  }
  while (server.counters.streams + server.counters.connections > 0) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  expect(server.counters).toMatchObject({ streams: 0, connections: 0, proxies: 1 });
  expect(server.ledger.snapshot().map((it) => [it.proxyId, it.streams])).toEqual([['web', 0]]);
  expect(timers()).toBeLessThanOrEqual(before);
  server.withdraw('web');
  expect(server.counters.proxies).toBe(0);
  expect(server.ledger.snapshot()).toEqual([]);
});
