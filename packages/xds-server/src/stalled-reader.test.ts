import { connect } from 'node:http2';
import { type AddressInfo, connect as connectSocket, createServer } from 'node:net';
import { expect, test } from 'vitest';
import type { Resource } from './resource.ts';
import { RawClient } from './testing/raw-client.ts';
import { createXdsServer } from './xds-server.ts';

const types = Array.from({ length: 100 }, (_, at) => `type.test/type-${at}`);

function published(version: number): { revision: number; resources: Resource[] } {
  const small = new Uint8Array(16).fill(version);
  // More than HTTP/2 and the client's own buffer let go unread: the first response of a stalled client blocks.
  const large = new Uint8Array(1_000_000).fill(version);
  const resources = types.map((typeUrl, at) => {
    return { typeUrl, name: 'it', hash: `${version}`, body: at === 0 ? large : small };
  });
  return { revision: version, resources };
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 2));
}

test('a client of 100 types that stops reading costs one write, holds nobody up and is closed', async () => {
  await using server = createXdsServer({ limits: { stallMs: 300, graceMs: 50 } });
  const { port } = await server.listen({ host: '127.0.0.1', port: 0 });
  for (const id of ['stalled', 'quick']) server.publish(id, published(1));
  using stalled = new RawClient(port);
  stalled.stream.pause();
  stalled.acknowledges = false;
  for (const typeUrl of types) stalled.send({ node: { id: 'stalled' }, typeUrl });
  using quick = new RawClient(port);
  for (const typeUrl of types) quick.send({ node: { id: 'quick' }, typeUrl });
  await quick.response(types.length - 1);
  await until(() => server.counters.responses > types.length);

  const written = server.counters.responses - quick.responses.length;
  for (let version = 2; version < 50; version += 1) {
    // It acknowledges what it has not read, to get more of it written.
    for (const [at, typeUrl] of types.entries()) {
      const responseNonce = (types.length * (version - 2) + at + 1).toString(16).padStart(8, '0');
      stalled.send({ typeUrl, responseNonce });
    }
    server.publish('stalled', published(version));
    server.publish('quick', published(version));
    await quick.response(types.length * version - 1);
  }
  expect(server.counters.responses - quick.responses.length).toBe(written);

  await until(() => server.counters.streams === 1);
  server.publish('quick', published(50));
  await quick.response(types.length * 50 - 1);
});

/** Passes everything on to the server, and nothing back. Returns its own port. */
async function deafRelay(port: number): Promise<{ port: number } & AsyncDisposable> {
  const relay = createServer((client) => {
    const upstream = connectSocket(port, '127.0.0.1');
    client.on('error', () => {});
    upstream.on('error', () => {});
    upstream.once('data', (settings) => {
      client.write(settings);
      upstream.pause();
    });
    upstream.on('close', () => client.destroy());
    client.pipe(upstream);
  });
  await new Promise<void>((resolve) => relay.listen(0, '127.0.0.1', resolve));
  return {
    port: (relay.address() as AddressInfo).port,
    [Symbol.asyncDispose]: () => new Promise((resolve) => relay.close(() => resolve())),
  };
}

test('a connection that takes no bytes at all is closed, and its streams with it', async () => {
  await using server = createXdsServer({ limits: { stallMs: 100, keepaliveMs: 100, graceMs: 50 } });
  const { port } = await server.listen({ host: '127.0.0.1', port: 0 });
  const body = new Uint8Array(32 * 1024 * 1024);
  const [typeUrl = ''] = types;
  server.publish('web', { revision: 1, resources: [{ typeUrl, name: 'it', hash: '1', body }] });
  await using relay = await deafRelay(port);
  const window = 2 ** 31 - 1;
  const session = connect(`http://127.0.0.1:${relay.port}`, {
    settings: { initialWindowSize: window },
  });
  session.once('connect', () => session.setLocalWindowSize(window));
  using client = new RawClient(relay.port, {}, session);
  client.send({ node: { id: 'web' }, typeUrl });
  await until(() => server.counters.responses === 1);
  await until(() => server.counters.streams === 0);
  await until(() => server.counters.connections === 0);
});
