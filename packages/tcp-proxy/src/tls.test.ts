import { once } from 'node:events';
import { connect as connectSocket } from 'node:net';
import { type ConnectionOptions, connect, type TLSSocket } from 'node:tls';
import { createRoot, issueLeaf, type Root } from '@chancery/ca';
import { serviceRef, serviceSpiffeId } from '@chancery/identity';
import { dial, echoService, isFree, until } from '@chancery/testing';
import type { Resource } from '@chancery/xds-translator';
import { describe, expect, test } from 'vitest';
import { demoPair } from './testing/demo-pair.ts';
import { runningProxy } from './testing/running-proxy.ts';
import { testMesh, trustDomain } from './testing/test-mesh.ts';

/** What a client of `web` presents that has a certificate of the root. */
async function credentials(root: Root, ttlMs = 3_600_000): Promise<ConnectionOptions> {
  const spiffeId = serviceSpiffeId(trustDomain, serviceRef('web'), 'dc1');
  const issued = await issueLeaf(root, { spiffeId, ttlMs, now: Date.now(), serial: 99 });
  if (!issued.ok) throw new Error(issued.refusal.message);
  const { certificatePem: cert, privateKey } = issued.leaf;
  return { cert, key: privateKey.reveal() };
}

function open(port: number, options: ConnectionOptions): TLSSocket {
  const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false, ...options });
  socket.on('error', () => undefined);
  return socket;
}

/** What comes back for a text before the connection ends, or `echo` as soon as it is the text. */
async function answer(socket: TLSSocket): Promise<'echo' | 'closed'> {
  socket.write('hello');
  const data = once(socket, 'data').then(() => 'echo' as const);
  const close = new Promise<'closed'>((resolve) => socket.on('close', () => resolve('closed')));
  return await Promise.race([data.catch(() => close), close]);
}

describe('the public listener', () => {
  test('takes a client with a certificate of the mesh', async () => {
    await using pair = await demoPair();
    const port = await pair.db.port('public_listener');
    const socket = open(port, await credentials(pair.mesh.root));
    expect(await answer(socket)).toBe('echo');
    socket.destroy();
  });

  test('refuses a client without certificate', async () => {
    await using pair = await demoPair();
    const port = await pair.db.port('public_listener');
    expect(await answer(open(port, {}))).toBe('closed');
    expect(await answer(open(port, { maxVersion: 'TLSv1.2' }))).toBe('closed');
  });

  test('refuses a certificate of another root, even one of the same trust domain', async () => {
    await using pair = await demoPair();
    const stranger = await createRoot({ trustDomain, now: Date.now() });
    const port = await pair.db.port('public_listener');
    expect(await answer(open(port, await credentials(stranger)))).toBe('closed');
  });

  test('refuses a client that speaks no TLS', async () => {
    await using pair = await demoPair();
    const socket = connectSocket(await pair.db.port('public_listener'), '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write('GET / HTTP/1.1\r\n\r\n');
    await once(socket, 'close');
  });

  test('refuses versions of TLS before 1.2', async () => {
    await using pair = await demoPair();
    const old = {
      minVersion: 'TLSv1',
      maxVersion: 'TLSv1.1',
      ciphers: 'DEFAULT@SECLEVEL=0',
    } as const;
    const port = await pair.db.port('public_listener');
    const socket = open(port, { ...(await credentials(pair.mesh.root)), ...old });
    expect(await answer(socket)).toBe('closed');
    expect(pair.db.lines.at(-1)).toMatch(/unsupported protocol/);
  });

  test.each(['TLSv1.2', 'TLSv1.3'] as const)(
    'resumes no session of %s, since that would skip the check of the certificate',
    async (maxVersion) => {
      await using pair = await demoPair();
      const port = await pair.db.port('public_listener');
      const options = { ...(await credentials(pair.mesh.root)), maxVersion };
      const first = open(port, options);
      const sessions: Buffer[] = [];
      first.on('session', (session) => sessions.push(session));
      expect(await answer(first)).toBe('echo');
      const session = sessions.at(-1) ?? first.getSession();
      first.destroy();
      const second = open(port, { ...options, ...(session && { session }) });
      expect(await answer(second)).toBe('echo');
      expect(second.isSessionReused()).toBe(false);
      second.destroy();
    },
  );
});

test('a new leaf is shown to new connections, and those that are there go on', async () => {
  await using pair = await demoPair();
  using before = dial(pair.port);
  expect(await before.exchange('one')).toMatchObject({ verdict: 'echo' });
  const port = await pair.db.port('public_listener');
  const serial = async (): Promise<string> => {
    const socket = open(port, await credentials(pair.mesh.root));
    await once(socket, 'secureConnect');
    const { serialNumber } = socket.getPeerCertificate();
    socket.destroy();
    return serialNumber;
  };
  const old = await serial();
  pair.mesh.rotate('db');
  await pair.declareDb({});
  await until(async () => (await serial()) !== old, {
    withinMs: 5000,
    what: 'the new certificate is shown',
  });
  expect(await before.exchange('two')).toMatchObject({ verdict: 'echo' });
  using after = dial(pair.port);
  expect(await after.exchange('three')).toMatchObject({ verdict: 'echo' });
});

test.each(['Secret', 'TypedExtensionConfig', 'Cluster'])(
  'a listener keeps shut until each %s that it names is there, and again when one goes',
  async (type) => {
    await using mesh = await testMesh();
    await using echo = await echoService({});
    const db = { service: 'db', localPort: echo.port };
    const without = { ...db, served: (all: readonly Resource[]) => all.filter(isNot(type)) };
    await mesh.declare(without);
    await using proxy = runningProxy(mesh.port, 'db');
    await proxy.said('waits for');
    expect(proxy.proxy.ports.size).toBe(0);

    await mesh.declare(db);
    const port = await proxy.port('public_listener');
    const socket = open(port, await credentials(mesh.root));
    expect(await answer(socket)).toBe('echo');
    socket.destroy();
    if (type === 'TypedExtensionConfig') return; // The server never says that one is gone.

    await mesh.declare(without);
    await proxy.said('closed');
    expect(proxy.proxy.ports.size).toBe(0);
    expect(await isFree(port)).toBe(true);
  },
);

function isNot(type: string): (resource: Resource) => boolean {
  return ({ typeUrl }) => !typeUrl.endsWith(`.${type}`);
}
