import { request } from 'node:http';
import { connect as connectHttp2 } from 'node:http2';
import { text } from 'node:stream/consumers';
import { connectMesh } from '@chancery/mesh-api/client';
import { type AgentUnderTest, agentUnderTest } from '@chancery/testing';
import { expect, test } from 'vitest';

type Headers = Readonly<Record<string, string>>;

const list = '/chancery.mesh.v1.ProxyService/ListProxies';
const apply = '/chancery.mesh.v1.ChangeService/Apply';
const json = { 'content-type': 'application/json' };

/** Calls an RPC on the HTTP port, with headers that `fetch` would not send. */
async function overHttp({ ports }: AgentUnderTest, path: string, headers: Headers = {}) {
  const { promise, resolve, reject } = Promise.withResolvers<[number, string]>();
  const target = { host: '127.0.0.1', port: ports.http, path, method: 'POST' };
  request({ ...target, headers: { ...json, ...headers } }, async (response) => {
    resolve([response.statusCode ?? 0, await text(response)]);
  })
    .on('error', reject)
    .end('{}');
  return await promise;
}

/** The same on the gRPC port. */
async function overHttp2({ ports }: AgentUnderTest, path: string, headers: Headers = {}) {
  const session = connectHttp2(`http://127.0.0.1:${ports.grpc}`);
  try {
    const stream = session.request({ ':method': 'POST', ':path': path, ...json, ...headers });
    stream.end('{}');
    const status = await new Promise<number>((resolve) =>
      stream.on('response', (answered) => resolve(Number(answered[':status']))),
    );
    return [status, await text(stream)] as const;
  } finally {
    session.close();
  }
}

test('pages of another origin, and names that are none of the agent, are kept out on both ports', async () => {
  await using agent = await agentUnderTest();
  for (const ask of [overHttp, overHttp2]) {
    expect((await ask(agent, list))[0]).toBe(200);
    for (const headers of [
      { origin: 'https://evil.example' },
      { 'sec-fetch-site': 'cross-site' },
    ]) {
      const [status, body] = await ask(agent, list, headers);
      expect([ask.name, status, JSON.parse(body)]).toEqual([
        ask.name,
        403,
        {
          code: 'permission_denied',
          message: 'Requests of web pages of another origin are not answered',
        },
      ]);
    }
  }
  const [status, body] = await overHttp(agent, list, { host: 'evil.example' });
  expect([status, JSON.parse(body)]).toMatchObject([
    403,
    { message: expect.stringContaining('"evil.example" is no name of this agent') },
  ]);
});

test('who may not write over HTTP may not write on the gRPC port, and may read on both', async () => {
  const config = 'http_config { allow_write_http_from = ["10.0.0.0/8"] }';
  await using agent = await agentUnderTest({ config });
  for (const ask of [overHttp, overHttp2]) {
    expect((await ask(agent, list))[0]).toBe(200);
    const [status, body] = await ask(agent, apply);
    expect([ask.name, status, JSON.parse(body)]).toEqual([
      ask.name,
      403,
      { code: 'permission_denied', message: 'Access is restricted' },
    ]);
  }
});

test('an agent that stops tells those who watch it, and waits for none of them', async () => {
  await using agent = await agentUnderTest();
  const address = {
    kind: 'tcp',
    scheme: 'http',
    host: '127.0.0.1',
    port: agent.ports.http,
  } as const;
  using mesh = connectMesh({ address });
  const begun = Promise.withResolvers<void>();
  const watching = (async () => {
    for await (const _ of mesh.status.watch({})) begun.resolve();
  })();
  const ended = expect(watching).rejects.toMatchObject({ message: 'the agent is stopping' });
  await begun.promise;
  await agent.cli('leave');
  await ended;
});
