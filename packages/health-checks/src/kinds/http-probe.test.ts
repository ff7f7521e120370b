import { createServer, type RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { createServer as createTcpServer } from 'node:net';
import { expect, test } from 'vitest';
import { aRun } from '../testing/a-run.ts';
import { type Listening, listen } from '../testing/listen.ts';
import { selfSigned } from '../testing/self-signed.ts';
import { httpProbe } from './http-probe.ts';

const timing = { intervalMs: 1000, timeoutMs: 5000 };
const plain = { kind: 'http', method: 'GET', headers: {}, body: '', ...timing } as const;

function ask({ address }: Listening, path: string, parts: object = {}) {
  return httpProbe({ ...plain, url: `http://${address}${path}`, ...parts }, aRun());
}

const byPath: Readonly<Record<string, RequestListener>> = {
  '/moved': (_, response) => response.writeHead(302, { Location: '/200' }).end('elsewhere'),
  '/away': (_, response) => response.writeHead(302, { Location: 'http://localhost/' }).end(),
  '/beside': (_, response) => response.writeHead(302, { Location: 'http://127.0.0.1:1/' }).end(),
  '/round': (_, response) => response.writeHead(302, { Location: '/round' }).end(),
  '/late': () => {},
  '/half': (_, response) => response.write('begun'),
  '/cut': (request, response) => {
    response.writeHead(200, { 'Content-Length': 100 });
    response.write('begun', () => request.socket.destroy());
  },
  '/reset': (request) => request.socket.destroy(),
  '/long': (_, response) => response.end('é'.repeat(3000)),
  '/endless': (request, response) => {
    const more = () => response.write('x'.repeat(65_536), () => setImmediate(more));
    request.socket.on('close', () => response.destroy());
    more();
  },
  '/echo': async (request, response) => {
    const { method, headers } = request;
    const body = Buffer.concat(await request.toArray()).toString();
    response.end(JSON.stringify({ method, headers, body }));
  },
};

const answer: RequestListener = (request, response) => {
  const known = byPath[request.url ?? ''];
  if (known) known(request, response);
  else response.writeHead(Number(request.url?.slice(1))).end('said');
};

test('a status of 2xx passes, 429 warns, all else is critical', async () => {
  await using server = await listen(createServer(answer));
  const url = `http://${server.address}`;
  const line = (status: string, path: string) => `HTTP GET ${url}${path}: ${status} Output: said`;
  expect(await ask(server, '/200')).toEqual({
    status: 'passing',
    output: line('200 OK', '/200'),
  });
  expect(await ask(server, '/299')).toMatchObject({ status: 'passing' });
  expect(await ask(server, '/429')).toEqual({
    status: 'warning',
    output: line('429 Too Many Requests', '/429'),
  });
  expect(await ask(server, '/503')).toEqual({
    status: 'critical',
    output: line('503 Service Unavailable', '/503'),
  });
});

test('method, headers and body are as declared, and what Consul says of itself beside them', async () => {
  await using server = await listen(createServer(answer));
  const headers = { 'X-A': ['1', '2'], Host: ['h.example'], accept: ['a/b'] };
  const { output } = await ask(server, '/echo', { method: 'PUT', body: 'hi', headers });
  const [, echo = ''] = output.split('Output: ');
  expect(JSON.parse(echo)).toEqual({
    method: 'PUT',
    body: 'hi',
    headers: {
      'x-a': '1, 2',
      host: 'h.example',
      accept: 'a/b',
      'user-agent': 'Consul Health Check',
      connection: 'close',
      'content-length': '2',
    },
  });
});

test('a password in the URL is sent, and not shown', async () => {
  await using server = await listen(createServer(answer));
  const url = `http://me:s3cr:e@t@${server.address}/echo`;
  const { output } = await ask(server, '', { url });
  expect(output).toContain(`HTTP GET http://me:***@${server.address}/echo: 200 OK`);
  expect(output).toContain(`Basic ${Buffer.from('me:s3cr:e@t').toString('base64')}`);
  const late = await ask(server, '', { url: url.replace('echo', 'late'), timeoutMs: 50 });
  expect(late.output).toMatch(/^Get "http:\/\/me:\*\*\*@/);
});

test('a redirect is followed on the same host, told where it leads to another, and kept where it is disabled', async () => {
  await using server = await listen(createServer(answer));
  const start = `HTTP GET http://${server.address}`;
  expect(await ask(server, '/moved')).toEqual({
    status: 'passing',
    output: `${start}/moved: 200 OK Output: said`,
  });
  expect(await ask(server, '/moved', { disableRedirects: true })).toEqual({
    status: 'critical',
    output: `${start}/moved: 302 Found Output: elsewhere`,
  });
  expect(await ask(server, '/away')).toEqual({
    status: 'critical',
    output: `${start}/away: 302 Found Output: not followed, for it leads to another host: http://localhost/`,
  });
  expect(await ask(server, '/beside')).toEqual({
    status: 'critical',
    output: `${start}/beside: 302 Found Output: not followed, for it leads to another port: http://127.0.0.1:1/`,
  });
  expect(await ask(server, '/round')).toMatchObject({
    status: 'critical',
    output: expect.stringMatching(/: stopped after 10 redirects$/),
  });
});

test('what does not answer in time is critical; a body whose end does not come is kept as far as it came', async () => {
  await using server = await listen(createServer(answer));
  const soon = { timeoutMs: 100 };
  expect(await ask(server, '/late', soon)).toEqual({
    status: 'critical',
    output: `Get "http://${server.address}/late": context deadline exceeded (Client.Timeout exceeded while awaiting headers)`,
  });
  expect(await ask(server, '/half', soon)).toMatchObject({
    status: 'passing',
    output: expect.stringMatching(/Output: begun$/),
  });
  expect(await ask(server, '/cut')).toMatchObject({
    status: 'passing',
    output: expect.stringMatching(/Output: begun$/),
  });
});

test('of a body the beginning is kept, whatever its length', async () => {
  await using server = await listen(createServer(answer));
  const { output } = await ask(server, '/long');
  expect(output.split('Output: ')[1]).toBe('é'.repeat(2048));
  const endless = await ask(server, '/endless');
  expect(endless.status).toBe('passing');
  expect(endless.output.split('Output: ')[1]).toHaveLength(4096);
});

test('a connection that breaks or is refused, and an answer that is none, are critical', async () => {
  await using server = await listen(createServer(answer));
  const { address } = server;
  expect(await ask(server, '/reset')).toEqual({
    status: 'critical',
    output: `Get "http://${address}/reset": EOF`,
  });
  await using strange = await listen(createTcpServer((socket) => socket.end('garbage\r\n\r\n')));
  expect((await ask(strange, '/')).output).toMatch(/malformed HTTP response/);
  await server[Symbol.asyncDispose]();
  expect(await ask(server, '/', { method: 'POST' })).toEqual({
    status: 'critical',
    output: `Post "http://${address}/": dial tcp ${address}: connect: connection refused`,
  });
});

test.for(['GET', 'CONNECT'])(
  'a connection that is switched to another protocol is no answer to %s',
  async (method) => {
    const upgrade: RequestListener = (_request, response) => {
      response.writeHead(101, { Connection: 'Upgrade', Upgrade: 'other' }).end();
    };
    await using server = await listen(createServer(upgrade));
    expect(await ask(server, '/', { method })).toMatchObject({ status: 'critical' });
  },
);

test('over TLS the certificate is judged, unless any will do', async () => {
  await using server = await listen(createHttpsServer(await selfSigned(), answer));
  const url = `https://${server.address}/200`;
  expect(await ask(server, '', { url, tls: { skipVerify: true } })).toEqual({
    status: 'passing',
    output: `HTTP GET ${url}: 200 OK Output: said`,
  });
  expect(await ask(server, '', { url })).toEqual({
    status: 'critical',
    output: `Get "${url}": tls: failed to verify certificate: x509: certificate signed by unknown authority`,
  });
  await using clear = await listen(createServer(answer));
  const wrong = `https://${clear.address}/200`;
  expect(await ask(clear, '', { url: wrong })).toEqual({
    status: 'critical',
    output: `Get "${wrong}": http: server gave HTTP response to HTTPS client`,
  });
});
