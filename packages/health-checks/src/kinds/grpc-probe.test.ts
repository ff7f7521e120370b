import { createServer as createHttpServer } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import { Server, ServerCredentials } from '@grpc/grpc-js';
import { HealthImplementation } from 'grpc-health-check';
import { expect, test } from 'vitest';
import { listen } from '../testing/listen.ts';
import { selfSigned } from '../testing/self-signed.ts';
import { grpcProbe } from './grpc-probe.ts';

const statuses = { '': 'SERVING', 'my.Service': 'SERVING', down: 'NOT_SERVING' } as const;
const timing = { intervalMs: 1000, timeoutMs: 5000 };

/** A server of another implementation of gRPC, with its health service. */
async function serve(
  credentials: ServerCredentials,
  { health = true } = {},
): Promise<{ address: string } & Disposable> {
  const server = new Server();
  if (health) new HealthImplementation(statuses).addToServer(server);
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', credentials, (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  return { address: `127.0.0.1:${port}`, [Symbol.dispose]: () => server.forceShutdown() };
}

function ask(address: string, service = '', parts: object = {}) {
  return grpcProbe({ kind: 'grpc', address, service, ...timing, ...parts });
}

test('a service passes while its server says that it is served', async () => {
  using server = await serve(ServerCredentials.createInsecure());
  const { address } = server;
  expect(await ask(address)).toEqual({
    status: 'passing',
    output: `gRPC check ${address}: success`,
  });
  expect(await ask(address, 'my.Service')).toEqual({
    status: 'passing',
    output: `gRPC check ${address}/my.Service: success`,
  });
  expect(await ask(address, 'down')).toEqual({
    status: 'critical',
    output: `gRPC ${address}/down serving status: NOT_SERVING`,
  });
  expect(await ask(address, 'nobody')).toMatchObject({
    status: 'critical',
    output: expect.stringMatching(/^rpc error: code = NotFound desc = /),
  });
});

test('over TLS, a certificate that is not trusted is a failure unless any will do', async () => {
  const { key, cert } = await selfSigned();
  const pair = { private_key: Buffer.from(key), cert_chain: Buffer.from(cert) };
  using server = await serve(ServerCredentials.createSsl(null, [pair]));
  const { address } = server;
  expect(await ask(address, '', { tls: { skipVerify: true } })).toMatchObject({
    status: 'passing',
  });
  expect(await ask(address, '', { tls: { skipVerify: false } })).toEqual({
    status: 'critical',
    output:
      'rpc error: code = Unavailable desc = connection error: desc = "transport: authentication handshake failed: tls: failed to verify certificate: x509: certificate signed by unknown authority"',
  });
  expect(await ask(address)).toMatchObject({
    output:
      'rpc error: code = Unavailable desc = connection error: desc = "error reading server preface: EOF"',
  });
});

test('a server without a health service is told from one that is none', async () => {
  using server = await serve(ServerCredentials.createInsecure(), { health: false });
  expect(await ask(server.address)).toMatchObject({
    status: 'critical',
    output: expect.stringMatching(/^rpc error: code = Unimplemented desc = /),
  });
  await using http1 = await listen(createHttpServer());
  expect(await ask(http1.address)).toEqual({
    status: 'critical',
    output:
      'rpc error: code = Unavailable desc = connection error: desc = "error reading server preface: http2: frame too large"',
  });
});

test('a server that is not there or stays silent is critical', async () => {
  await using silent = await listen(createTcpServer());
  const { address } = silent;
  expect(await ask(address, '', { timeoutMs: 50 })).toEqual({
    status: 'critical',
    output: 'rpc error: code = DeadlineExceeded desc = context deadline exceeded',
  });
  await silent[Symbol.asyncDispose]();
  expect(await ask(address)).toEqual({
    status: 'critical',
    output: `rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing: dial tcp ${address}: connect: connection refused"`,
  });
});
