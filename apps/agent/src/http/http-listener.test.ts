import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { decodeAgentConfig } from '@chancery/model';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { HttpGate } from './http-gate.ts';
import { type HttpListenerConfig, listenHttp } from './http-listener.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'chancery-http-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** The settings that a file leads to, on any free port. */
function settings(file: object): HttpListenerConfig {
  const host = { hostname: 'box' };
  const decoded = decodeAgentConfig([{ name: 'a.hcl', value: file }], { dev: true, host });
  if (!decoded.ok) throw new Error(JSON.stringify(decoded.issues));
  return { ...decoded.value, ports: { ...decoded.value.ports, http: 0 } };
}

interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

async function ask(options: RequestOptions): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  httpRequest(options, resolve).on('error', reject).end();
  const response = await promise;
  const { statusCode: status, headers } = response;
  return { status, headers, body: await text(response) };
}

const portOf = (url: string | undefined): number => Number(new URL(url ?? '').port);
const hello = (_request: unknown, response: { end(text: string): void }) => response.end('hello');

test('one API is served at several addresses, sockets in the file system among them', async () => {
  const socketPath = join(folder, 'agent.sock');
  await using listener = await listenHttp(
    hello,
    settings({
      addresses: { http: `127.0.0.1 127.0.0.2 unix://${socketPath}` },
      unix_sockets: { mode: '0600' },
    }),
  );
  const [one, two, three] = listener.urls;
  expect(three).toBe(`unix://${socketPath}`);
  expect(statSync(socketPath).mode & 0o777).toBe(0o600);
  const answers = await Promise.all([
    ask({ host: '127.0.0.1', port: portOf(one) }),
    ask({ host: '127.0.0.2', port: portOf(two) }),
    ask({ socketPath }),
  ]);
  expect(answers.map(({ body }) => body)).toEqual(['hello', 'hello', 'hello']);
});

test('a socket that an agent left behind is taken over, one in use and a file are not', async () => {
  const path = join(folder, 'agent.sock');
  const config = settings({ addresses: { http: `unix://${path}` } });
  {
    await using _first = await listenHttp(hello, config);
    await expect(listenHttp(hello, config)).rejects.toThrow(`${path} is taken: `);
    expect((await ask({ socketPath: path })).body).toBe('hello');
  }
  expect(existsSync(path)).toBe(false);
  writeFileSync(path, '');
  await expect(listenHttp(hello, config)).rejects.toThrow(`${path} is taken: `);
});

describe('http_config', () => {
  test('every answer carries the headers, also one of the gate', async () => {
    const http_config = {
      response_headers: { 'X-Site': 'one' },
      block_endpoints: ['/v1/agent/self'],
    };
    await using listener = await listenHttp(hello, settings({ http_config }));
    const port = portOf(listener.urls[0]);
    expect((await ask({ port, path: '/v1/catalog' })).headers).toMatchObject({ 'x-site': 'one' });
    expect(await ask({ port, path: '/v1/agent/self?pretty' })).toMatchObject({
      status: 403,
      headers: { 'x-site': 'one', 'content-type': 'text/plain; charset=utf-8' },
      body: 'Endpoint is blocked by agent configuration',
    });
  });

  test.for([
    ['/v1/agent/self/', 403],
    ['/v1/agent/self/more', 403],
    ['/v1/agent/%73elf', 403],
    ['/v1//agent/self', 403],
    ['/v1/agent/selfish', 200],
    ['/v1/agent/%', 200],
  ] as const)('with /v1/agent/self blocked, %s is answered %d', async ([path, status]) => {
    const http_config = { block_endpoints: ['/v1/agent/self/'] };
    await using listener = await listenHttp(hello, settings({ http_config }));
    expect(await ask({ port: portOf(listener.urls[0]), path })).toMatchObject({ status });
  });

  test.for([
    [['10.0.0.0/8'], 'PUT', 403],
    [['10.0.0.0/8'], 'DELETE', 403],
    [['10.0.0.0/8'], 'GET', 200],
    [['10.0.0.0/8', '127.0.0.0/8'], 'PUT', 200],
    [[], 'PUT', 200],
  ] as const)('with writes from %j, %s is answered %d', async ([from, method, status]) => {
    const http_config = { allow_write_http_from: from };
    await using listener = await listenHttp(hello, settings({ http_config }));
    const answer = await ask({ port: portOf(listener.urls[0]), method });
    expect(answer.status).toBe(status);
    if (status === 403) expect(answer.body).toBe('Access is restricted');
  });

  test.for([
    ['ProxyService/ListProxies', 'POST', 200],
    ['ProxyService/ListProxies?x=/ChangeService/Apply', 'POST', 200],
    ['ChangeService/Apply', 'POST', 403],
    ['ChangeService/Nothing', 'POST', 403],
    ['ChangeService/Plan', 'GET', 200],
  ] as const)(
    'with writes from elsewhere, %s by %s is answered %d',
    async ([path, method, status]) => {
      const http_config = { allow_write_http_from: ['10.0.0.0/8'] };
      await using listener = await listenHttp(hello, settings({ http_config }));
      const port = portOf(listener.urls[0]);
      const answer = await ask({ port, method, path: `/chancery.mesh.v1.${path}` });
      expect(answer.status).toBe(status);
      if (status === 403) {
        expect(answer.headers['content-type']).toBe('application/json');
        expect(JSON.parse(answer.body)).toEqual({
          code: 'permission_denied',
          message: 'Access is restricted',
        });
      }
    },
  );

  test('other settings count from then on', async () => {
    const before = settings({});
    const gate = new HttpGate(before.http);
    await using listener = await listenHttp(hello, before, gate);
    const port = portOf(listener.urls[0]);
    gate.set(settings({ http_config: { block_endpoints: ['/v1'] } }).http);
    expect(await ask({ port, path: '/v1/catalog' })).toMatchObject({ status: 403 });
  });
});

describe('one client', () => {
  const limits = { http_max_conns_per_client: 2 };

  test('holds no more connections than it may: one more is told 429, and its request is not carried out', async () => {
    let carriedOut = 0;
    const count = (_request: unknown, response: { end(text: string): void }) => {
      carriedOut += 1;
      response.end('done');
    };
    await using listener = await listenHttp(count, settings({ limits }));
    const port = portOf(listener.urls[0]);
    using agent = heldConnections();
    for (const _ of [1, 2]) await agent.open(port);
    expect(await ask({ port, method: 'PUT' })).toMatchObject({ status: 429 });
    expect(carriedOut).toBe(0);
    agent.closeOne();
    await expect.poll(() => ask({ port }).then(({ status }) => status)).toBe(200);
  });

  test('may hold any number where there is no bound', async () => {
    await using listener = await listenHttp(hello, settings({ limits }));
    const port = portOf(listener.urls[0]);
    listener.configure(settings({ limits: { http_max_conns_per_client: 0 } }).http);
    using agent = heldConnections();
    for (const _ of [1, 2, 3, 4]) await agent.open(port);
    expect(await ask({ port })).toMatchObject({ status: 200 });
  });
});

/** Connections that are open and say nothing. */
function heldConnections() {
  const sockets: ReturnType<typeof connect>[] = [];
  return {
    open: async (port: number) => {
      const socket = connect(port, '127.0.0.1');
      sockets.push(socket);
      await new Promise((resolve) => socket.once('connect', resolve));
    },
    closeOne: () => void sockets.pop()?.destroy(),
    [Symbol.dispose]: () => {
      for (const socket of sockets) socket.destroy();
    },
  };
}
