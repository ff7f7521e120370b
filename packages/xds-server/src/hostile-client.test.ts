import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { XdsServer } from './server-options.ts';
import { RawClient } from './testing/raw-client.ts';
import { createXdsServer } from './xds-server.ts';

const listeners = 'type.googleapis.com/envoy.config.listener.v3.Listener';
const node = { id: 'web' };

let server: XdsServer;
let port: number;
beforeEach(async () => {
  server = createXdsServer();
  ({ port } = await server.listen({ host: '127.0.0.1', port: 0 }));
});
afterEach(() => server[Symbol.asyncDispose]());

const names = (count: number, prefix: string) =>
  Array.from({ length: count }, (_, index) => `${prefix}${index}`);

describe('a client that would have the server remember without end is cut off', () => {
  test('by the number of types', async () => {
    using client = new RawClient(port);
    for (const typeUrl of names(130, 'type.googleapis.com/a.B')) client.send({ node, typeUrl });
    expect(await client.ended).toMatchObject({
      message: expect.stringContaining('limited to 128 types'),
    });
  });

  test('by the number of names it asks for', async () => {
    using client = new RawClient(port);
    client.send({ node, typeUrl: listeners, resourceNamesSubscribe: names(60_000, 'a') });
    client.send({ typeUrl: listeners, resourceNamesSubscribe: names(60_000, 'b') });
    expect(await client.ended).toMatchObject({
      message: expect.stringContaining('limited to 10000 names'),
    });
  });

  test('by the number of names it says it has', async () => {
    using client = new RawClient(port);
    const initialResourceVersions = Object.fromEntries(
      names(120_000, 'a').map((name) => [name, '1']),
    );
    client.send({ node, typeUrl: listeners, initialResourceVersions });
    expect(await client.ended).toMatchObject({
      message: expect.stringContaining('limited to 10000 names'),
    });
  });

  test('by the length of its name', async () => {
    using client = new RawClient(port);
    client.send({ node: { id: 'x'.repeat(2000) }, typeUrl: listeners });
    expect(await client.ended).toMatchObject({
      message: expect.stringContaining('limited to 1024 characters'),
    });
    expect(server.counters.proxies).toBe(0);
  });
});
