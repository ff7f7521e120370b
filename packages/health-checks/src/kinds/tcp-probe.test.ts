import { createServer } from 'node:net';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';
import { expect, test } from 'vitest';
import { listen } from '../testing/listen.ts';
import { selfSigned } from '../testing/self-signed.ts';
import { tcpProbe } from './tcp-probe.ts';

type SNICallback = NonNullable<TlsOptions['SNICallback']>;

const timing = { intervalMs: 1000, timeoutMs: 5000 };
const anyCertificate = { tls: { skipVerify: true } };

function tcp(address: string, parts: object = {}) {
  return tcpProbe({ kind: 'tcp', address, ...timing, ...parts });
}

test('a connection that can be made passes, one that is refused does not', async () => {
  await using server = await listen(createServer());
  const { address } = server;
  expect(await tcp(address)).toEqual({
    status: 'passing',
    output: `TCP connect ${address}: Success`,
  });
  await server[Symbol.asyncDispose]();
  expect(await tcp(address)).toEqual({
    status: 'critical',
    output: `dial tcp ${address}: connect: connection refused`,
  });
});

test('with TLS the handshake has to succeed as well', async () => {
  const names: string[] = [];
  const SNICallback: SNICallback = (name, done) => {
    names.push(name);
    done(null);
  };
  await using server = await listen(createTlsServer({ ...(await selfSigned()), SNICallback }));
  const { address } = server;
  expect(await tcp(address, anyCertificate)).toEqual({
    status: 'passing',
    output: `TCP+TLS connect ${address}: Success`,
  });
  await tcp(address, { tls: { skipVerify: true, serverName: 'web.example' } });
  expect(names).toEqual(['web.example']);
  expect(await tcp(address, { tls: { skipVerify: false } })).toEqual({
    status: 'critical',
    output: 'tls: failed to verify certificate: x509: certificate signed by unknown authority',
  });
});

test('a server that does not speak TLS is told from one that says nothing', async () => {
  await using plain = await listen(createServer((socket) => socket.end('hello there\n')));
  expect(await tcp(plain.address, anyCertificate)).toMatchObject({
    output: 'tls: first record does not look like a TLS handshake',
  });
  await using silent = await listen(createServer());
  expect(await tcp(silent.address, { ...anyCertificate, timeoutMs: 50 })).toEqual({
    status: 'critical',
    output: 'context deadline exceeded',
  });
});
