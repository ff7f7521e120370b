import { connect as connectSocket } from 'node:net';
import { typeUrls } from '@chancery/envoy-api';
import { expect, test } from 'vitest';
import { frame } from './grpc/frame.ts';
import type { XdsServer } from './server-options.ts';
import { RawClient } from './testing/raw-client.ts';
import { resource } from './testing/script.ts';
import { createXdsServer } from './xds-server.ts';

const local = { host: '127.0.0.1', port: 0 };
const node = { id: 'web-proxy' };
const cluster = typeUrls.cluster;
const one = { revision: 1, resources: [resource('cluster', 'db', 'a')] };

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 2));
}

async function isEmpty(server: XdsServer): Promise<void> {
  await until(() => server.counters.streams === 0 && server.counters.connections === 0);
}

test('a resource is encoded once, however many streams get it', async () => {
  await using server = createXdsServer();
  const { port } = await server.listen(local);
  const shared = resource('cluster', 'db', 'a');
  const ids = Array.from({ length: 20 }, (_, at) => `proxy-${at}`);
  for (const id of ids) server.publish(id, { revision: 1, resources: [shared] });
  const clients = ids.map((id) => {
    const client = new RawClient(port);
    client.send({ node: { id }, typeUrl: cluster });
    return client;
  });
  await Promise.all(clients.map((client) => client.response(0)));
  expect(server.counters).toMatchObject({ encodings: 1, responses: 20, streams: 20 });
  const changed = resource('cluster', 'db', 'b');
  for (const id of ids) server.publish(id, { revision: 2, resources: [changed] });
  await Promise.all(clients.map((client) => client.response(1)));
  expect(server.counters.encodings).toBe(2);
  for (const client of clients) client[Symbol.dispose]();
  await isEmpty(server);
});

test('publishing equal content sends nothing', async () => {
  await using server = createXdsServer();
  const { port } = await server.listen(local);
  server.publish('web-proxy', one);
  using client = new RawClient(port);
  client.send({ node, typeUrl: cluster });
  await client.response(0);
  server.publish('web-proxy', { revision: 2, resources: [resource('cluster', 'db', 'a')] });
  server.publish('web-proxy', { revision: 3, resources: [resource('cluster', 'db', 'b')] });
  const second = await client.response(1);
  expect(second.systemVersionInfo).toBe('3');
});

test.for([
  ['no node', { typeUrl: cluster }, '3', 'node.id is missing'],
  ['no type', { node }, '3', 'no type_url'],
] as const)(
  'a first request with %s is refused with a sentence',
  async ([, request, status, message]) => {
    await using server = createXdsServer();
    const { port } = await server.listen(local);
    server.publish('web-proxy', one);
    using client = new RawClient(port);
    client.send(request);
    const end = await client.ended;
    expect(end).toMatchObject({
      httpStatus: 200,
      status,
      message: expect.stringContaining(message),
    });
  },
);

test.for([
  ['bytes that are no message', frame([Uint8Array.of(0xff, 0xff)]), {}, '3'],
  ['a message beyond the limit', Uint8Array.of(0, 0, 1, 0, 0), {}, '8'],
  [
    'a compressed message that was announced',
    Uint8Array.of(1, 0, 0, 0, 0),
    { 'grpc-encoding': 'gzip' },
    '12',
  ],
  ['a compressed message that was not', Uint8Array.of(1, 0, 0, 0, 0), {}, '13'],
  ['an unknown frame flag', Uint8Array.of(7, 0, 0, 0, 0), {}, '13'],
] as const)('%s ends the stream', async ([, bytes, headers, status]) => {
  await using server = createXdsServer({ limits: { maxMessageBytes: 1000 } });
  const { port } = await server.listen(local);
  using client = new RawClient(port, headers);
  client.write(bytes);
  expect((await client.ended).status).toBe(status);
});

test.for([
  ['another content type', { 'content-type': 'application/json' }, 415],
  ['another method', { ':method': 'GET' }, 405],
] as const)('%s is refused over HTTP', async ([, headers, httpStatus]) => {
  await using server = createXdsServer();
  const { port } = await server.listen(local);
  using client = new RawClient(port, headers);
  expect((await client.ended).httpStatus).toBe(httpStatus);
});

test('a call ends at its deadline, and a deadline that is none is refused', async () => {
  await using server = createXdsServer();
  const { port } = await server.listen(local);
  server.publish('web-proxy', one);
  using client = new RawClient(port, { 'grpc-timeout': '50m' });
  client.send({ node, typeUrl: cluster });
  await client.response(0);
  expect((await client.ended).status).toBe('4');
  using other = new RawClient(port, { 'grpc-timeout': 'soon' });
  expect((await other.ended).status).toBe('13');
});

test('a stream of a proxy that is not registered waits, and ends with a sentence', async () => {
  await using server = createXdsServer({ limits: { registrationMs: 40 } });
  const { port } = await server.listen(local);
  using client = new RawClient(port);
  client.send({ node, typeUrl: cluster });
  expect(await client.ended).toMatchObject({
    status: '5',
    message: 'proxy "web-proxy" is not registered',
  });
  expect(server.counters.proxies).toBe(0);
});

test('a stream that waits is served as soon as its proxy is published', async () => {
  await using server = createXdsServer();
  const { port } = await server.listen(local);
  const changes: string[] = [];
  server.onStream((proxyId, change) => changes.push(`${proxyId} ${change}`));
  using client = new RawClient(port);
  client.send({ node, typeUrl: cluster });
  await until(() => server.counters.proxies === 1);
  expect(changes).toEqual([]);
  server.publish('web-proxy', one);
  await client.response(0);
  expect(changes).toEqual(['web-proxy opened']);
  client.stream.close();
  await until(() => server.counters.streams === 0);
  expect(changes).toEqual(['web-proxy opened', 'web-proxy closed']);
});

test('what is wanted is told with the first stream of a proxy, and its end with the last', async () => {
  await using server = createXdsServer();
  const { port } = await server.listen(local);
  const demands: string[] = [];
  server.onDemand((proxyId, demand) => demands.push(`${proxyId} ${demand}`));
  using first = new RawClient(port);
  first.send({ node, typeUrl: cluster });
  await until(() => demands.length > 0);
  server.publish('web-proxy', one);
  using second = new RawClient(port);
  second.send({ node, typeUrl: cluster });
  await second.response(0);
  first.stream.close();
  await until(() => server.counters.streams === 1);
  expect(demands).toEqual(['web-proxy wanted']);
  server.withdraw('web-proxy');
  expect((await second.ended).status).toBe('5');
  await until(() => server.counters.streams === 0);
  expect(demands).toEqual(['web-proxy wanted', 'web-proxy unwanted']);
});

test.for([
  ['a reset', (client: RawClient) => client.stream.close(8)],
  ['the end of its half', (client: RawClient) => client.stream.end()],
  ['a broken connection', (client: RawClient) => client.session.destroy()],
  [
    'a GOAWAY',
    (client: RawClient) => {
      client.session.close();
      client.stream.end();
    },
  ],
] as const)('a stream that ends by %s leaves nothing behind', async ([, end]) => {
  await using server = createXdsServer();
  const { port } = await server.listen(local);
  server.publish('web-proxy', one);
  const closed: string[] = [];
  server.onStream((_, change) => closed.push(change));
  using client = new RawClient(port);
  client.send({ node, typeUrl: cluster });
  await client.response(0);
  end(client);
  await isEmptyBut(server, client);
  expect(closed).toEqual(['opened', 'closed']);
});

async function isEmptyBut(server: XdsServer, client: RawClient): Promise<void> {
  await until(() => server.counters.streams === 0);
  client.session.destroy();
  await isEmpty(server);
}

test('a shutdown tells every peer, and the port is free at once', async () => {
  const server = createXdsServer();
  const { port } = await server.listen(local);
  server.publish('web-proxy', one);
  using client = new RawClient(port);
  const goaway = new Promise((resolve) => client.session.once('goaway', resolve));
  client.send({ node, typeUrl: cluster });
  await client.response(0);
  await server[Symbol.asyncDispose]();
  expect(await client.ended).toMatchObject({ status: '14' });
  await goaway;
  await using again = createXdsServer();
  expect(await again.listen({ host: '127.0.0.1', port })).toEqual({ port });
});

test('other paths can be served on the same port', async () => {
  await using server = createXdsServer({
    routes: (stream, headers) => {
      if (headers[':path'] !== '/hello') return false;
      stream.respond({ ':status': 201 }, { endStream: true });
      return true;
    },
  });
  const { port } = await server.listen(local);
  using client = new RawClient(port, { ':path': '/hello' });
  expect((await client.ended).httpStatus).toBe(201);
  using other = new RawClient(port, { ':path': '/other', ':method': 'GET' });
  expect((await other.ended).httpStatus).toBe(404);
});

test('a peer that speaks no HTTP/2 is dropped and harms nobody', async () => {
  await using server = createXdsServer();
  const { port } = await server.listen(local);
  const socket = connectSocket(port, '127.0.0.1');
  const closed = new Promise((resolve) => socket.once('close', resolve));
  socket.on('error', () => {});
  socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
  socket.resume();
  await closed;
  server.publish('web-proxy', one);
  using client = new RawClient(port);
  client.send({ node, typeUrl: cluster });
  expect((await client.response(0)).resources).toHaveLength(1);
});
