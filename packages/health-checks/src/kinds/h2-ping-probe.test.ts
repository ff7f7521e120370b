import { createServer as createHttpServer } from 'node:http';
import { createSecureServer, createServer } from 'node:http2';
import { createServer as createTcpServer } from 'node:net';
import { expect, test } from 'vitest';
import { listen } from '../testing/listen.ts';
import { selfSigned } from '../testing/self-signed.ts';
import { h2PingProbe } from './h2-ping-probe.ts';

const timing = { intervalMs: 1000, timeoutMs: 5000 };

function ping(address: string, parts: object = {}) {
  return h2PingProbe({ kind: 'h2ping', address, ...timing, ...parts });
}

const success = { status: 'passing', output: 'HTTP2 ping was successful' };

test('a PING that is answered passes, with TLS and in the clear', async () => {
  await using clear = await listen(createServer());
  expect(await ping(clear.address)).toEqual(success);
  await using secured = await listen(createSecureServer(await selfSigned()));
  expect(await ping(secured.address, { tls: { skipVerify: true } })).toEqual(success);
});

test('what cannot be dialled is told from what does not answer', async () => {
  await using http1 = await listen(createHttpServer());
  expect(await ping(http1.address)).toEqual({
    status: 'critical',
    output: 'HTTP2 ping failed: unexpected EOF',
  });
  await using silent = await listen(createTcpServer());
  expect(await ping(silent.address, { timeoutMs: 50 })).toEqual({
    status: 'critical',
    output: 'HTTP2 ping failed: context deadline exceeded',
  });
  const late = { timeoutMs: 50, tls: { skipVerify: true } };
  expect(await ping(silent.address, late)).toEqual({
    status: 'critical',
    output: `Failed to dial to ${silent.address}: context deadline exceeded`,
  });
  await using secured = await listen(createSecureServer(await selfSigned()));
  expect(await ping(secured.address, { tls: { skipVerify: false } })).toMatchObject({
    output: `Failed to dial to ${secured.address}: tls: failed to verify certificate: x509: certificate signed by unknown authority`,
  });
  const { address } = http1;
  await http1[Symbol.asyncDispose]();
  expect(await ping(address)).toEqual({
    status: 'critical',
    output: `Failed to dial to ${address}: dial tcp ${address}: connect: connection refused`,
  });
});
