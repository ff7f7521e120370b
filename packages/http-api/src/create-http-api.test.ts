import { createConnection } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { routes } from './routes.ts';
import { ask } from './testing/ask.ts';
import { startInMemoryAgent } from './testing/in-memory-agent.ts';

test.for([
  ['GET /v1/nope', 404, 'Invalid URL path: not a recognized HTTP API endpoint\n'],
  ['GET /v1/status/leader/', 404, 'Invalid URL path: not a recognized HTTP API endpoint\n'],
  [
    'GET /nope',
    404,
    "Invalid URL path: if attempting to use the HTTP API, ensure the path starts with '/v1/'\n",
  ],
  ['POST /v1/catalog/nodes', 405, 'method POST not allowed'],
  ['HEAD /v1/status/leader', 405, ''],
  ['GET /v1/agent/service/register', 405, 'method GET not allowed'],
  [
    'GET /v1/catalog/nodes?stale&consistent',
    400,
    'Cannot specify ?stale with ?consistent, conflicting semantics.',
  ],
  ['GET /v1/catalog/nodes?index=abc', 400, 'Invalid index'],
  ['GET /v1/catalog/nodes?index=-1', 400, 'Invalid index'],
  ['GET /v1/catalog/nodes?wait=abc', 400, 'Invalid wait time'],
  ['GET /v1/agent/service/x?wait=abc', 400, 'Invalid wait time'],
  ['GET /v1/catalog/nodes?dc=dc2', 500, 'No path to datacenter'],
  ['GET /v1/catalog/service/', 400, 'Missing service name'],
  ['GET /v1/catalog/node/', 400, 'Missing node name'],
  ['GET /v1/catalog/node-services/', 400, 'Missing node name'],
  ['GET /v1/health/node/', 400, 'Missing node name'],
  ['GET /v1/health/checks/', 400, 'Missing service name'],
  ['GET /v1/health/state/', 400, 'Missing check state'],
  ['GET /v1/connect/ca/roots?pem=x', 400, "The 'pem' query parameter must be a boolean value"],
  ['GET /v1/connect/intentions/', 404, 'Intention not found'],
  ['GET /v1/health/service/web?passing=bogus', 400, 'Invalid value for ?passing'],
  ['GET /v1/config/bogus', 500, 'invalid config entry kind: bogus'],
  ['GET /v1/acl/token/self', 401, 'ACL support disabled'],
  ['GET /v1/agent/service/nope', 404, 'unknown service ID: nope'],
  ['PUT /v1/agent/service/register', 400, 'Request decode failed: EOF'],
] as const)('%s is answered with %i: %s', async ([line, status, text]) => {
  await using agent = await startInMemoryAgent();
  expect(await ask(agent, line)).toMatchObject({ status, text });
});

test('a namespace and a partition are refused by name and never ignored', async () => {
  await using agent = await startInMemoryAgent();
  for (const parameter of ['ns=team', 'partition=team']) {
    const { status, text } = await ask(agent, `GET /v1/catalog/nodes?${parameter}`);
    expect([parameter, status]).toEqual([parameter, 400]);
    expect(text).not.toBe('');
  }
  expect((await ask(agent, 'GET /v1/catalog/nodes?ns=default&dc=dc1')).status).toBe(200);
});

test.for([
  ['//v1/catalog/nodes?stale', '/v1/catalog/nodes?stale'],
  ['/v1//catalog///nodes', '/v1/catalog/nodes'],
  ['/v1/catalog/../status/./leader', '/v1/status/leader'],
  ['/v1/agent/checks/..', '/v1/agent'],
  ['/v1/config/service-defaults//', '/v1/config/service-defaults/'],
  ['//evil.example/..', '/'],
  ['/../../v1/status/leader', '/v1/status/leader'],
])('%s is sent to its plain form', async ([path, plain]) => {
  await using agent = await startInMemoryAgent();
  for (const method of ['GET', 'PUT']) {
    const { status, headers } = await ask(agent, `${method} ${path}`);
    expect([status, headers.location]).toEqual([307, plain]);
  }
});

test('a dot in a name, and a slash that is encoded, are no steps of a path', async () => {
  await using agent = await startInMemoryAgent();
  for (const name of ['a.b', '..a', 'a..', 'a%2F%2Fb', 'a/b']) {
    const { status, json } = await ask(agent, `GET /v1/health/service/${name}`);
    expect([name, status, json]).toEqual([name, 200, []]);
  }
});

test('the root says what is here', async () => {
  await using agent = await startInMemoryAgent();
  expect(await ask(agent, 'GET /')).toMatchObject({
    status: 200,
    text: 'Chancery Agent: the HTTP API is below /v1/. There is no web UI.',
  });
});

test('OPTIONS lists the methods of a path', async () => {
  await using agent = await startInMemoryAgent();
  const answer = await ask(agent, 'OPTIONS /v1/connect/intentions/exact');
  expect(answer).toMatchObject({ status: 200, text: '' });
  expect(answer.headers.allow).toBe('OPTIONS,GET,PUT,DELETE');
});

test('every answer has a type that browsers may not guess anew, and the default policy', async () => {
  await using agent = await startInMemoryAgent({ defaultPolicy: 'deny' });
  for (const path of ['/v1/catalog/nodes', '/v1/nope', '/v1/agent/self']) {
    const { headers } = await ask(agent, `GET ${path}`);
    expect(headers['content-type']).toMatch(/^(application\/json|text\/plain; charset=utf-8)$/);
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['x-consul-default-acl-policy']).toBe('deny');
    expect(headers['vary']).toBe('Accept-Encoding');
  }
});

test('JSON is indented on request, and always in development mode', async () => {
  await using plain = await startInMemoryAgent();
  await using dev = await startInMemoryAgent({ dev: true });
  const path = 'GET /v1/catalog/datacenters';
  expect((await ask(plain, path)).text).toBe('["dc1"]');
  expect((await ask(plain, `${path}?pretty`)).text).toBe('[\n    "dc1"\n]\n');
  expect((await ask(dev, path)).text).toBe('[\n    "dc1"\n]');
});

test('a read says its index, its consistency and that there is a leader', async () => {
  await using agent = await startInMemoryAgent();
  const { headers } = await ask(agent, 'GET /v1/catalog/nodes?stale');
  expect(headers).toMatchObject({
    'x-consul-index': '2',
    'x-consul-knownleader': 'true',
    'x-consul-lastcontact': '0',
    'x-consul-effective-consistency': 'stale',
    'x-consul-query-backend': 'blocking-query',
  });
  expect(headers['x-cache']).toBeUndefined();
});

test('a long answer is compressed for who can read it so', async () => {
  await using agent = await startInMemoryAgent({ dev: true });
  const zipped = await ask(agent, 'GET /v1/agent/self', { headers: { 'Accept-Encoding': 'gzip' } });
  expect(zipped.headers['content-encoding']).toBe('gzip');
  const text = gunzipSync(Buffer.from(zipped.text, 'latin1')).toString();
  expect(JSON.parse(text).Config.NodeName).toBe('devnode');
  const refusing = await ask(agent, 'GET /v1/agent/self', {
    headers: { 'Accept-Encoding': 'gzip;q=0' },
  });
  expect(refusing.headers['content-encoding']).toBeUndefined();
});

test('a body above the limit is refused by its announced or its real length, in bytes', async () => {
  await using agent = await startInMemoryAgent({
    maxBodyBytes: JSON.stringify({ Name: 'x', Tags: ['1234'] }).length,
  });
  const fits = { Name: 'x', Tags: ['ää'] };
  const tooLong = { Name: 'x', Tags: ['äää'] };
  const route = 'PUT /v1/agent/service/register';
  expect((await ask(agent, route, { body: fits })).status).toBe(200);
  expect((await ask(agent, route, { body: tooLong })).status).toBe(413);
  const chunked = { 'Transfer-Encoding': 'chunked' };
  expect((await ask(agent, route, { body: tooLong, headers: chunked })).status).toBe(413);
});

test('a body that is no UTF-8 or no JSON is refused', async () => {
  await using agent = await startInMemoryAgent();
  const socket = createConnection(agent.port, '127.0.0.1');
  const head =
    'PUT /v1/agent/service/register HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 1\r\n\r\n';
  socket.end(Buffer.concat([Buffer.from(head), Buffer.from([0xff])]));
  const answer = Buffer.concat(await socket.toArray()).toString();
  expect(answer).toContain('Request decode failed: the body is not UTF-8');
  const { text } = await ask(agent, 'PUT /v1/agent/service/register', { body: 'xx' });
  expect(text).toMatch(/^Request decode failed: /);
});

test.for([false, true])(
  'what a page of another site can send is refused before anything is done; development mode: %s',
  async (dev) => {
    await using agent = await startInMemoryAgent({ dev });
    const { revision } = agent.store.view;
    const body = '{"Name":"planted"}';
    for (const [headers, refusal] of [
      [{ Host: 'evil.example' }, 403],
      [{ Origin: 'http://evil.example' }, 403],
      [{ 'Sec-Fetch-Site': 'cross-site' }, 403],
      [{ 'Content-Type': 'text/plain' }, 415],
    ] as const) {
      for (const line of ['PUT /v1/agent/service/register', 'POST /v1/connect/intentions']) {
        const { status } = await ask(agent, line, { body, headers });
        expect([line, headers, status]).toEqual([line, headers, refusal]);
      }
    }
    expect(agent.store.view.revision).toBe(revision);
  },
);

test('what curl and the fetch of Node send by themselves is read', async () => {
  await using agent = await startInMemoryAgent();
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
  const curl = { body: '{"Name":"a"}', headers };
  expect((await ask(agent, 'PUT /v1/agent/service/register', curl)).status).toBe(200);
  const route = `${agent.url}/v1/agent/service/register`;
  expect((await fetch(route, { method: 'PUT', body: '{"Name":"b"}' })).status).toBe(200);
});

test("a text of the libraries under Java's and Python's clients is read", async () => {
  await using agent = await startInMemoryAgent();
  for (const library of ['Apache-HttpClient/4.5.5 (Java/17.0.15)', 'Python/3.11 aiohttp/3.14.5']) {
    const headers = { 'Content-Type': 'text/plain; charset=UTF-8', 'User-Agent': library };
    const registration = { body: '{"Name":"a"}', headers };
    expect((await ask(agent, 'PUT /v1/agent/service/register', registration)).status).toBe(200);
  }
});

test.for(['http://localhost/v1/agent/version', '/v1/agent/version#', '/v1/agent/version#/x'])(
  '%s is no path of a route',
  async (path) => {
    await using agent = await startInMemoryAgent();
    expect((await ask(agent, `GET ${path}`)).status).toBe(404);
  },
);

test('a failure inside is logged and told without its details, and without the token', async () => {
  await using agent = await startInMemoryAgent({
    checkCustomConfig: () => {
      throw new Error('detail');
    },
  });
  const { status, text } = await ask(agent, 'PUT /v1/agent/service/register?token=secret', {
    body: { Name: 'web' },
  });
  expect([status, text]).toEqual([500, 'Internal error: the log of the agent says more']);
  expect(agent.lines).toHaveLength(1);
  expect(agent.lines[0]).toContain('/v1/agent/service/register');
  expect(agent.lines[0]).toContain('"err":');
  expect(agent.lines[0]).not.toContain('secret');
});

test('a token is taken from its header, from a bearer header or from the query', async () => {
  const seen: (string | undefined)[] = [];
  await using agent = await startInMemoryAgent({
    principal: (token) => {
      seen.push(token);
      return { name: 'test' };
    },
  });
  await ask(agent, 'GET /v1/status/leader', { headers: { 'X-Consul-Token': 'a' } });
  await ask(agent, 'GET /v1/status/leader', { headers: { Authorization: 'Bearer b' } });
  await ask(agent, 'GET /v1/status/leader?token=c');
  await ask(agent, 'GET /v1/status/leader');
  expect(seen).toEqual(['a', 'b', 'c', undefined]);
});

test('no two routes answer the same method and path', () => {
  const places = routes.map(({ method, path }) => `${method} ${path}`);
  expect(new Set(places).size).toBe(places.length);
});
