import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { type ActiveProbe, probe } from './probe.ts';

const timing = { intervalMs: 1000, timeoutMs: 2000 };

function http(port: number, parts: object = {}): ActiveProbe {
  const url = `http://127.0.0.1:${port}/`;
  return { kind: 'http', url, method: 'GET', headers: {}, body: '', ...timing, ...parts };
}

async function serve(answer: RequestListener): Promise<AsyncDisposable & { port: number }> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

test.for<[string, ActiveProbe]>([
  ['a port that does not exist', { kind: 'tcp', address: '127.0.0.1:99999', ...timing }],
  ['a host that cannot be one', { kind: 'tcp', address: '\0:80', ...timing }],
  ['the name of a header that HTTP forbids', http(1, { headers: { 'x y': ['a'] } })],
  ['the value of a header that HTTP forbids', http(1, { headers: { x: ['a\nb'] } })],
  ['a time that no timer can wait', http(1, { timeoutMs: 1e13 })],
])('%s is what the check finds, not the end of the agent', async ([_what, check]) => {
  expect(await probe(check)).toMatchObject({ status: 'critical', output: expect.any(String) });
});

test('a status of 2xx passes, 429 warns, and a redirect is not followed', async () => {
  await using server = await serve((request, response) => {
    response.writeHead(Number(request.headers['x-answer']), { Location: '/' }).end('said');
  });
  const found = (code: string) => probe(http(server.port, { headers: { 'x-answer': [code] } }));
  expect(await found('204')).toMatchObject({ status: 'passing' });
  expect(await found('429')).toMatchObject({ status: 'warning' });
  expect(await found('302')).toMatchObject({ status: 'critical' });
  expect((await found('200')).output).toMatch(/: 200 Output: said$/);
});

test.for(['GET', 'CONNECT'])(
  'a connection that is switched to another protocol is no answer to %s',
  async (method) => {
    await using server = await serve((_request, response) => {
      response.writeHead(101, { Connection: 'Upgrade', Upgrade: 'other' }).end();
    });
    expect(await probe(http(server.port, { method }))).toMatchObject({ status: 'critical' });
  },
);
