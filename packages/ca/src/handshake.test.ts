import { execFileSync, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, createServer, type TLSSocket } from 'node:tls';
import { expect, test } from 'vitest';
import type { Leaf } from './leaf.ts';
import { createRoot, type Root } from './root.ts';
import { issued, orderFor, TRUST_DOMAIN } from './testing/issued.ts';

/** The names of the peer as each side saw them; rejects when either side refused the other. */
async function handshake(
  server: { readonly leaf: Leaf; readonly trusts: Root },
  client: { readonly leaf: Leaf; readonly trusts: Root },
): Promise<{ readonly seenByServer: string; readonly seenByClient: string }> {
  const listener = createServer({ ...credentials(server), requestCert: true });
  await once(listener.listen(0, '127.0.0.1'), 'listening');
  const { port } = listener.address() as AddressInfo;
  const socket = connect({
    ...credentials(client),
    port,
    host: '127.0.0.1',
    servername: 'db.default.dc1.internal',
    checkServerIdentity: () => undefined,
  });
  // In TLS 1.3 a client is connected before it hears that the server refused it.
  socket.on('error', () => undefined);
  try {
    const accepted = once(listener, 'secureConnection') as Promise<[TLSSocket]>;
    const refused = once(listener, 'tlsClientError').then(([error]) => Promise.reject(error));
    const connected = once(socket, 'secureConnect');
    await Promise.race([Promise.all([accepted, connected]), refused]);
    const [peer] = await accepted;
    const names = {
      seenByServer: peer.getPeerCertificate().subjectaltname ?? '',
      seenByClient: socket.getPeerCertificate().subjectaltname ?? '',
    };
    return names;
  } finally {
    socket.destroy();
    listener.close();
  }
}

function credentials({ leaf, trusts }: { readonly leaf: Leaf; readonly trusts: Root }) {
  return {
    cert: leaf.certificatePem,
    key: leaf.privateKey.reveal(),
    ca: trusts.certificatePem,
    minVersion: 'TLSv1.3',
    rejectUnauthorized: true,
  } as const;
}

test('two leafs of one root shake hands, and each sees the identity of the other', async () => {
  const root = await createRoot({ trustDomain: TRUST_DOMAIN, now: Date.now() });
  const [web, db] = [await issued(root, orderFor('web')), await issued(root, orderFor('db'))];
  const seen = await handshake({ leaf: db, trusts: root }, { leaf: web, trusts: root });
  expect(seen).toEqual({
    seenByServer: `URI:${web.spiffeId}`,
    seenByClient: `URI:${db.spiffeId}`,
  });
});

test('a client with a leaf of another root is refused', async () => {
  const root = await createRoot({ trustDomain: TRUST_DOMAIN, now: Date.now() });
  const other = await createRoot({ trustDomain: TRUST_DOMAIN, now: Date.now() });
  const db = await issued(root, orderFor('db'));
  const intruder = await issued(other, orderFor('web'));
  await expect(
    handshake({ leaf: db, trusts: root }, { leaf: intruder, trusts: root }),
  ).rejects.toThrow();
});

test('an expired leaf is refused', async () => {
  const past = Date.now() - 3 * 72 * 3_600_000;
  const root = await createRoot({ trustDomain: TRUST_DOMAIN, now: past });
  const db = await issued(root, orderFor('db'));
  const expired = await issued(root, orderFor('web', { now: past }));
  await expect(
    handshake({ leaf: db, trusts: root }, { leaf: expired, trusts: root }),
  ).rejects.toThrow();
});

const openssl = spawnSync('openssl', ['version']).status === 0;

test.skipIf(!openssl)('openssl verifies the chain for both sides of a connection', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'chancery-ca-'));
  try {
    const root = await createRoot({ trustDomain: TRUST_DOMAIN, now: Date.now() });
    const leaf = await issued(root, orderFor('web'));
    writeFileSync(join(folder, 'root.pem'), root.certificatePem);
    writeFileSync(join(folder, 'leaf.pem'), leaf.certificatePem);
    for (const purpose of ['sslserver', 'sslclient']) {
      const args = [
        'verify',
        '-x509_strict',
        '-purpose',
        purpose,
        '-CAfile',
        'root.pem',
        'leaf.pem',
      ];
      expect(execFileSync('openssl', args, { cwd: folder, encoding: 'utf8' })).toBe(
        'leaf.pem: OK\n',
      );
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});
