import { readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { createServer as createNetServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Code, ConnectError } from '@connectrpc/connect';
import { expect, onTestFinished, test } from 'vitest';
import { createMeshApi } from '../create-mesh-api.ts';
import { listen, proxySource, serveMesh } from '../testing/mesh-server.ts';
import { connectMesh, type MeshConnectionOptions } from './connect-mesh.ts';

const path = '/chancery.mesh.v1.ProxyService/WaitApplied';
const testdata = new URL('../../../client/testdata/', import.meta.url);

async function waitApplied(options: MeshConnectionOptions, signal?: AbortSignal) {
  using mesh = connectMesh(options);
  return await mesh.proxies.waitApplied({ revision: 1n }, signal && { signal });
}

const parts = {
  principal: () => ({ name: 'anonymous' }),
  authorise: () => true,
  revision: () => 1,
  log: () => undefined,
};

test('a call carries the token, the author and the user of a proxy before the agent', async () => {
  const seen: (string | null)[] = [];
  const { address } = await serveMesh({
    proxies: proxySource(),
    principal: (headers) => {
      for (const name of ['x-consul-token', 'x-chancery-author', 'authorization']) {
        seen.push(headers.get(name));
      }
      return { name: 'x' };
    },
  });
  await waitApplied({ address, token: 'secret', author: 'ä', basicAuth: 'u:p' });
  expect(seen).toEqual(['secret', '%C3%A4', 'Basic dTpw']);
});

test('an agent is reached over a socket in the file system', async () => {
  const socket = join(tmpdir(), `mesh-${process.pid}.sock`);
  const server = createServer(createMeshApi({ ...parts, proxies: proxySource() }));
  onTestFinished(() => {
    server.close();
    rmSync(socket, { force: true });
  });
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  const address = { kind: 'unix', path: socket } as const;
  expect(await waitApplied({ address })).toMatchObject({ affected: 2 });
});

test('TLS trusts the given authority and checks the given name', async () => {
  const certificate = readFileSync(new URL('agent.crt', testdata), 'utf8');
  const key = readFileSync(new URL('agent.key', testdata), 'utf8');
  const api = createMeshApi({ ...parts, proxies: proxySource() });
  const port = await listen(createTlsServer({ cert: certificate, key }, api));
  const address = { kind: 'tcp', scheme: 'https', host: '127.0.0.1', port } as const;
  const tls = { ca: certificate, serverName: 'agent.test' };
  expect(await waitApplied({ address, tls })).toMatchObject({ affected: 2 });
  expect(await waitApplied({ address, tls, keepAlive: 1 })).toMatchObject({ affected: 2 });
  await expect(
    waitApplied({ address, tls: { ...tls, serverName: 'other.test' } }),
  ).rejects.toMatchObject({ name: 'ClientError', kind: 'unreachable' });
});

test('connections are reused only where that is asked for', async () => {
  const ports = new Set<number | undefined>();
  const api = createMeshApi({ ...parts, proxies: proxySource() });
  const server = createServer((request, response) => {
    ports.add(request.socket.remotePort);
    api(request, response);
  });
  const port = await listen(server);
  const address = { kind: 'tcp', scheme: 'http', host: '127.0.0.1', port } as const;
  using lasting = connectMesh({ address, keepAlive: 1 });
  for (let i = 0; i < 3; i += 1) await lasting.proxies.waitApplied({ revision: 1n });
  expect(ports.size).toBe(1);
  for (let i = 0; i < 3; i += 1) await waitApplied({ address });
  expect(ports.size).toBe(4);
});

test('an agent that is down is told as a refused dial of its address', async () => {
  const server = createNetServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  const port = typeof bound === 'object' && bound !== null ? bound.port : 0;
  await new Promise((resolve) => server.close(resolve));
  const address = { kind: 'tcp', scheme: 'http', host: '127.0.0.1', port } as const;
  const at = `127.0.0.1:${port}`;
  await expect(waitApplied({ address })).rejects.toMatchObject({
    name: 'ClientError',
    kind: 'unreachable',
    message: `Post "http://${at}${path}": dial tcp ${at}: connect: connection refused`,
  });
});

test('a socket that is missing is told by its path', async () => {
  const address = { kind: 'unix', path: '/nonexistent/agent.sock' } as const;
  await expect(waitApplied({ address })).rejects.toThrow(
    'dial unix /nonexistent/agent.sock: connect: no such file or directory',
  );
});

test('an agent without TLS is told so in one line', async () => {
  const { address } = await serveMesh();
  await expect(waitApplied({ address: { ...address, scheme: 'https' } })).rejects.toThrow(
    /^Post "https:\S+": http: server gave HTTP response to HTTPS client$/,
  );
});

test('a refusal is told in the words of the agent, with the status that the HTTP API has for it', async () => {
  const { address } = await serveMesh({
    proxies: proxySource({
      applied: () => {
        throw new ConnectError('revision 9 is not there yet', Code.NotFound);
      },
    }),
  });
  await expect(waitApplied({ address })).rejects.toMatchObject({
    name: 'ClientError',
    kind: 'status',
    status: 404,
    message: 'revision 9 is not there yet',
  });
});

test.for([
  [404, 'text/plain', 'Invalid URL path'],
  [200, 'text/html', '<html>'],
  [502, 'text/html', '<html>'],
] as const)('what answers %d with %s is told to be no agent', async ([status, type, body]) => {
  const server = createServer((_request, response) => {
    response.writeHead(status, { 'content-type': type }).end(body);
  });
  const port = await listen(server);
  const address = { kind: 'tcp', scheme: 'http', host: '127.0.0.1', port } as const;
  await expect(waitApplied({ address })).rejects.toThrow(
    `http://127.0.0.1:${port} does not answer WaitApplied (`,
  );
});

test('a call that is aborted rejects as aborted', async () => {
  const { address } = await serveMesh({
    proxies: proxySource({ applied: () => new Promise(() => undefined) }),
  });
  const abort = new AbortController();
  const waiting = waitApplied({ address }, abort.signal);
  setImmediate(() => abort.abort());
  await expect(waiting).rejects.toMatchObject({ kind: 'aborted' });
});

test('a stream that is cut in the middle is told as such', async () => {
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/connect+proto' });
    response.write(Buffer.from([0, 0, 0, 0, 0]), () => response.destroy());
  });
  const port = await listen(server);
  const address = { kind: 'tcp', scheme: 'http', host: '127.0.0.1', port } as const;
  using mesh = connectMesh({ address });
  const reading = async (): Promise<void> => {
    for await (const _ of mesh.status.check({}));
  };
  await expect(reading()).rejects.toMatchObject({ name: 'ClientError', kind: 'unreachable' });
});
