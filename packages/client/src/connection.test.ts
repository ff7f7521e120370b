import { readFileSync } from 'node:fs';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { createClient } from './client.ts';
import { ClientError } from './client-error.ts';
import { type ConnectionOptions, createConnection } from './connection.ts';
import { listen, serve } from './testing/serve.ts';
import { unreachable } from './unreachable.ts';

const certificate = readFileSync(new URL('../testdata/agent.crt', import.meta.url), 'utf8');
const key = readFileSync(new URL('../testdata/agent.key', import.meta.url), 'utf8');

/** Where nothing listens any more. */
async function closedAddress(): Promise<ConnectionOptions> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return { address: { kind: 'tcp', scheme: 'http', host: '127.0.0.1', port } };
}

test('a request carries the token, sorted query and JSON body', async () => {
  const options = await serve((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () =>
      response.end(
        JSON.stringify([
          request.method,
          request.url,
          request.headers['x-consul-token'],
          Buffer.concat(chunks).toString(),
        ]),
      ),
    );
  });
  const { text } = await createConnection({ ...options, token: 'secret' }).send({
    method: 'PUT',
    path: '/v1/x',
    query: { b: ['1', 'ä&'], a: '', c: undefined },
    body: { Name: 'é' },
  });
  expect(JSON.parse(text)).toEqual(['PUT', '/v1/x?a=&b=1&b=%C3%A4%26', 'secret', '{"Name":"é"}']);
});

test('an error answer is told with its status and text', async () => {
  const options = await serve((_request, response) => {
    response.statusCode = 500;
    response.end('Sources[1] defines "web" more than once\n');
  });
  const creating = createClient(options).intentions.create({
    SourceName: 'web',
    DestinationName: 'db',
    Action: 'deny',
  });
  await expect(creating).rejects.toMatchObject({
    kind: 'status',
    status: 500,
    message: 'Unexpected response code: 500 (Sources[1] defines "web" more than once)',
  });
});

test('an agent that is down is told as a refused dial of its address', async () => {
  const options = await closedAddress();
  const { address } = options;
  const at = address.kind === 'tcp' ? `127.0.0.1:${address.port}` : '';
  await expect(createClient(options).intentions.check('a', 'b')).rejects.toThrow(
    `Get "http://${at}/v1/connect/intentions/check?destination=b&source=a&source-type=consul": dial tcp ${at}: connect: connection refused`,
  );
});

test('a missing Unix socket is told by its path', async () => {
  const connection = createConnection({
    address: { kind: 'unix', path: '/nonexistent/agent.sock' },
  });
  await expect(connection.send({ method: 'GET', path: '/v1/agent/self' })).rejects.toThrow(
    'dial unix /nonexistent/agent.sock: connect: no such file or directory',
  );
});

test('an agent without TLS is told so in one line', async () => {
  const { address } = await serve((_request, response) => response.end('[]'));
  const overTls = { ...address, scheme: 'https' } as ConnectionOptions['address'];
  await expect(createClient({ address: overTls }).agent.members()).rejects.toThrow(
    /^Get "https:\S+": http: server gave HTTP response to HTTPS client$/,
  );
});

test('who asks the gRPC port is told that it is the wrong one', async () => {
  // It begins with the settings of HTTP/2, or has hung up already.
  const server = createServer((socket) => {
    socket.on('error', () => undefined).write(Buffer.from([0, 0, 0, 4, 0, 0, 0, 0, 0]));
  });
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const address = { kind: 'tcp', scheme: 'http', host: '127.0.0.1', port } as const;
  await expect(createClient({ address }).agent.self()).rejects.toThrow(
    /: malformed HTTP response: if this is the gRPC port of an agent, ask its HTTP port$/,
  );
  const closed = Object.assign(new Error('write EPIPE'), { code: 'EPIPE', syscall: 'write' });
  expect(unreachable(closed, { method: 'POST', url: 'http://a/b', address }).message).toBe(
    'Post "http://a/b": write: broken pipe: if this is the gRPC port of an agent, ask its HTTP port',
  );
});

test('an answer that is no JSON is an error and no crash', async () => {
  const options = await serve((_request, response) => response.end('<html>'));
  await expect(createClient(options).agent.self()).rejects.toMatchObject({ kind: 'malformed' });
});

test('what is not there reads as nothing', async () => {
  const options = await serve((_request, response) => {
    response.statusCode = 404;
    response.end('Intention not found');
  });
  expect(await createClient(options).intentions.exact('a', 'b')).toBeUndefined();
});

test('a blocking read hands its index and wait over and the new index back', async () => {
  const options = await serve((request, response) => {
    response.setHeader('X-Consul-Index', '8');
    response.end(JSON.stringify([request.url]));
  });
  const answer = await createClient(options).catalog.nodes({
    index: 7,
    waitMs: 1500,
    consistency: 'stale',
    nodeMeta: { rack: '1' },
  });
  expect(answer).toEqual({
    value: ['/v1/catalog/nodes?index=7&node-meta=rack%3A1&stale=&wait=1500ms'],
    index: 8,
  });
});

test('an aborted read rejects as aborted', async () => {
  const options = await serve(() => undefined);
  const abort = new AbortController();
  const reading = createClient(options).catalog.nodes({ index: 1, signal: abort.signal });
  setImmediate(() => abort.abort());
  await expect(reading).rejects.toMatchObject({ kind: 'aborted' });
});

test('connections are reused only where that is asked for', async () => {
  const ports = new Set<number | undefined>();
  const options = await serve((request, response) => {
    ports.add(request.socket.remotePort);
    response.end('[]');
  });
  using lasting = createClient({ ...options, keepAlive: 1 });
  for (let i = 0; i < 3; i += 1) await lasting.catalog.datacenters();
  expect(ports.size).toBe(1);
  for (let i = 0; i < 3; i += 1) await createClient(options).catalog.datacenters();
  expect(ports.size).toBe(4);
});

test('TLS trusts the given authority and checks the given name', async () => {
  const server = createTlsServer({ cert: certificate, key }, (_request, response) => {
    response.end('["dc1"]');
  });
  const port = await listen(server);
  const address = { kind: 'tcp', scheme: 'https', host: '127.0.0.1', port } as const;
  const tls = { ca: certificate, serverName: 'agent.test' };
  expect(await createClient({ address, tls }).catalog.datacenters()).toEqual(['dc1']);
  const wrong = createClient({ address, tls: { ...tls, serverName: 'other.test' } });
  await expect(wrong.catalog.datacenters()).rejects.toBeInstanceOf(ClientError);
  const careless = createClient({ address, tls: { verify: false } });
  expect(await careless.catalog.datacenters()).toEqual(['dc1']);
});

test('what the agent wants its caller to know is told once for each line, also of a failure', async () => {
  const options = await serve((request, response) => {
    response.setHeader('X-Chancery-Warning', ['one, with a comma', 'two']);
    response.statusCode = request.url === '/fails' ? 500 : 200;
    response.end();
  });
  const told: string[] = [];
  const connection = createConnection({ ...options, onWarning: (warning) => told.push(warning) });
  const { warnings } = await connection.send({ method: 'PUT', path: '/' });
  expect(warnings).toEqual(['one, with a comma', 'two']);
  await expect(connection.send({ method: 'PUT', path: '/fails' })).rejects.toThrow();
  expect(told).toEqual(['one, with a comma', 'two', 'one, with a comma', 'two']);
});

test('who writes is told the revisions; a reason goes with what is written, the author with everything', async () => {
  const asked: unknown[] = [];
  const options = await serve((request, response) => {
    asked.push([request.method, request.url, request.headers['x-chancery-author']]);
    if (request.method === 'PUT') response.setHeader('X-Chancery-Revision', '17');
    response.end('true');
  });
  const revisions: number[] = [];
  const connection = createConnection({
    ...options,
    author: 'Zoë 100%',
    reason: 'two words',
    onRevision: (revision) => revisions.push(revision),
  });
  expect((await connection.send({ method: 'GET', path: '/a' })).revision).toBeUndefined();
  expect((await connection.send({ method: 'PUT', path: '/b' })).revision).toBe(17);
  await connection.send({ method: 'PUT', path: '/c', query: { reason: 'its own' } });
  const author = 'Zo%C3%AB 100%25';
  expect(asked).toEqual([
    ['GET', '/a', author],
    ['PUT', '/b?reason=two%20words', author],
    ['PUT', '/c?reason=its%20own', author],
  ]);
  expect(revisions).toEqual([17, 17]);
});

test('a stream gives its text as it comes, characters whole, and ends when its reader leaves', async () => {
  const ended = Promise.withResolvers<void>();
  const options = await serve((_request, response) => {
    response.on('close', () => ended.resolve());
    const [first, second] = [Buffer.from('ä\n').subarray(0, 1), Buffer.from('ä\n').subarray(1)];
    response.write(first);
    setImmediate(() => response.write(second));
  });
  const pieces = await createConnection(options).stream({ method: 'GET', path: '/v1/log' });
  for await (const piece of pieces) {
    expect(piece).toBe('ä\n');
    break;
  }
  await ended.promise;
});

test('a stream that is refused is an error with its text; one that is cut is told as such', async () => {
  const options = await serve((request, response) => {
    if (request.url === '/refused') response.writeHead(400).end('Unknown log level: x');
    else response.write('line\n', () => response.destroy());
  });
  const connection = createConnection(options);
  await expect(connection.stream({ method: 'GET', path: '/refused' })).rejects.toMatchObject({
    status: 400,
    message: 'Unexpected response code: 400 (Unknown log level: x)',
  });
  const reading = async (): Promise<string> => {
    let text = '';
    for await (const piece of await connection.stream({ method: 'GET', path: '/cut' }))
      text += piece;
    return text;
  };
  await expect(reading()).rejects.toMatchObject({ kind: 'unreachable' });
});

test('a stream that is aborted rejects as aborted', async () => {
  const options = await serve((_request, response) => response.write('line\n'));
  const abort = new AbortController();
  const asked = { method: 'GET', path: '/', signal: abort.signal } as const;
  const reading = async (): Promise<void> => {
    for await (const _ of await createConnection(options).stream(asked)) abort.abort();
  };
  await expect(reading()).rejects.toMatchObject({ kind: 'aborted' });
});
