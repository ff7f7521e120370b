import { once } from 'node:events';
import { statSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import {
  dial,
  echoService,
  freePorts,
  isFree,
  talk,
  temporaryFolder,
  until,
} from '@chancery/testing';
import { expect, test } from 'vitest';
import { demoPair } from './testing/demo-pair.ts';
import { runningProxy } from './testing/running-proxy.ts';
import { testMesh } from './testing/test-mesh.ts';

const deny = { source: 'web', destination: 'db', action: 'deny' } as const;

test('two proxies connect two services by mutual TLS', async () => {
  await using pair = await demoPair();
  expect(await talk(pair.port, 'hello')).toMatchObject({ verdict: 'echo' });
  expect(pair.mesh.nacks).toEqual([]);
});

test('a deny is enforced on new connections, and leaves those alone that are there', async () => {
  await using pair = await demoPair();
  using before = dial(pair.port);
  expect(await before.exchange('one')).toMatchObject({ verdict: 'echo' });

  await pair.declareDb({ intentions: [deny] });
  await until(async () => (await talk(pair.port, 'two')).verdict === 'closed', {
    withinMs: 5000,
    what: 'the deny is enforced',
  });
  expect(pair.db.lines.at(-1)).toMatch(/refused spiffe:.*\/svc\/web: rule web => db$/);
  expect(await before.exchange('three')).toMatchObject({ verdict: 'echo' });

  await pair.declareDb({});
  await until(async () => (await talk(pair.port, 'four')).verdict === 'echo', {
    withinMs: 5000,
    what: 'the deny is gone',
  });
});

test('with a default of deny only who is allowed gets in', async () => {
  await using pair = await demoPair({ defaultAction: 'deny' });
  expect((await talk(pair.port, 'hello')).verdict).toBe('closed');
  await pair.declareDb({ defaultAction: 'deny', intentions: [{ ...deny, action: 'allow' }] });
  await until(async () => (await talk(pair.port, 'hello')).verdict === 'echo', {
    withinMs: 5000,
    what: 'web is allowed',
  });
});

test('a peer that is not whom the upstream is for gets no byte', async () => {
  await using pair = await demoPair({ impostorFor: 'cache' });
  expect((await talk(pair.port, 'secret')).verdict).toBe('closed');
  expect(pair.web.lines.at(-1)).toMatch(/the peer is spiffe:.*\/cache and not spiffe:.*\/db$/);
});

test('many bytes come through whole, at the pace of a slow reader', async () => {
  await using pair = await demoPair();
  const sent = Buffer.alloc(8 * 1024 * 1024, 'chancery');
  const socket = connect(pair.port, '127.0.0.1');
  await once(socket, 'connect');
  // The echo service ends when its peer does, and all of the answer is on its way by then.
  socket.end(sent);
  expect((await buffer(socket)).equals(sent)).toBe(true);
});

test('a side that has ended can still be answered', async () => {
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    socket.resume().on('end', () => socket.end('after the end'));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  await using pair = await demoPair({ localPort: (server.address() as AddressInfo).port });
  const socket = connect({ port: pair.port, host: '127.0.0.1', allowHalfOpen: true });
  socket.end('question');
  expect((await buffer(socket)).toString()).toBe('after the end');
  server.close();
});

test('what breaks on one side breaks the other', async () => {
  const accepted: Socket[] = [];
  const server = createServer((socket) => accepted.push(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  await using pair = await demoPair({ localPort: (server.address() as AddressInfo).port });
  const socket = connect(pair.port, '127.0.0.1');
  socket.on('error', () => undefined);
  socket.write('x');
  await until(() => accepted[0], { withinMs: 5000, what: 'it arrives' });
  accepted[0]?.resetAndDestroy();
  await once(socket, 'close');
  await until(() => pair.web.proxy.connections.accepted === 0, {
    withinMs: 5000,
    what: 'the near proxy holds nothing any more',
  });
  server.close();
});

test('an upstream without endpoints ends connections at once', async () => {
  await using mesh = await testMesh();
  await mesh.declare({ service: 'web', upstreams: { db: [] } });
  await using web = runningProxy(mesh.port, 'web');
  expect((await talk(await web.port('db:'), 'hello')).verdict).toBe('closed');
  expect(web.lines.at(-1)).toMatch(/it has no healthy endpoint$/);
});

test('a change of endpoints is for new connections', async () => {
  await using pair = await demoPair();
  await using other = await echoService({ prefix: 'other ' });
  await pair.mesh.declare({ service: 'db2', impostorFor: 'db', localPort: other.port });
  await using db2 = runningProxy(pair.mesh.port, 'db2');
  using before = dial(pair.port);
  expect(await before.exchange('one')).toMatchObject({ answer: 'one' });

  const ports = [await db2.port('public_listener')];
  await pair.mesh.declare({ service: 'web', upstreams: { db: ports } });
  await until(async () => (await talk(pair.port, 'two')).answer === 'other two', {
    withinMs: 5000,
    what: 'the new endpoint is dialed',
  });
  expect(await before.exchange('three')).toMatchObject({ answer: 'three' });
});

test('connections beyond the limit are closed, and room is made by those that end', async () => {
  await using pair = await demoPair({ config: { max_inbound_connections: 1 } });
  {
    using first = dial(pair.port);
    expect(await first.exchange('one')).toMatchObject({ verdict: 'echo' });
    expect((await talk(pair.port, 'two')).verdict).toBe('closed');
  }
  await until(async () => (await talk(pair.port, 'three')).verdict === 'echo', {
    withinMs: 5000,
    what: 'there is room again',
  });
});

test('the local app is reached by Unix socket', async () => {
  await using folder = await temporaryFolder();
  const localSocket = join(folder.path, 'app.sock');
  const server = createServer((socket) => socket.pipe(socket)).listen(localSocket);
  await once(server, 'listening');
  await using pair = await demoPair({ localSocket });
  expect((await talk(pair.port, 'hello')).verdict).toBe('echo');
  const closed = once(server, 'close');
  server.close();
  await closed;
});

test('an upstream listens on a Unix socket of the given mode, where a dead one may lie', async () => {
  await using folder = await temporaryFolder();
  await using pair = await demoPair();
  const path = join(folder.path, 'db.sock');
  const upstreamSocket = { path, mode: '0600' };
  const ports = [await pair.db.port('public_listener')];
  for (let round = 0; round < 2; round += 1) {
    await pair.mesh.declare({ service: 'api', upstreams: { db: ports }, upstreamSocket });
    await using api = runningProxy(pair.mesh.port, 'api');
    await until(() => api.lines.some((line) => line.endsWith('listening') && line.includes(path)), {
      withinMs: 5000,
      what: 'the socket is bound',
    });
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const socket = connect(path);
    socket.end('hello');
    expect((await buffer(socket)).toString()).toBe('hello');
  }
});

test('an address that is taken is bound as soon as it is free', async () => {
  const [publicPort = 0] = await freePorts(1);
  await using mesh = await testMesh();
  await using app = await echoService({});
  await mesh.declare({ service: 'db', localPort: app.port, publicPort });
  {
    await using taken = await echoService({ port: publicPort });
    await using db = runningProxy(mesh.port, 'db');
    await db.said('EADDRINUSE');
    await taken[Symbol.asyncDispose]();
    expect(await db.port('public_listener')).toBe(publicPort);
  }
  expect(await isFree(publicPort)).toBe(true);
});

test('a listener that is withdrawn accepts nothing more, and its connections go on', async () => {
  await using pair = await demoPair();
  using before = dial(pair.port);
  expect(await before.exchange('one')).toMatchObject({ verdict: 'echo' });
  await pair.mesh.declare({ service: 'web' });
  await until(async () => (await talk(pair.port, 'two')).verdict === 'refused', {
    withinMs: 5000,
    what: 'nothing listens',
  });
  expect(await before.exchange('three')).toMatchObject({ verdict: 'echo' });
});

test('a proxy that is stopped leaves neither port nor connection', async () => {
  await using mesh = await testMesh();
  await using pair = await demoPair();
  expect(mesh.server.counters.connections).toBe(0);
  using connection = dial(pair.port);
  expect(await connection.exchange('one')).toMatchObject({ verdict: 'echo' });
  await pair.web[Symbol.asyncDispose]();
  expect(pair.web.proxy.connections).toEqual({ accepted: 0, forwarded: 0 });
  expect(await connection.exchange('two')).toMatchObject({ verdict: 'closed' });
  expect(await isFree(pair.port)).toBe(true);
});
