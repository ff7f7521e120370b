import { createConnection } from 'node:net';
import { gzipSync } from 'node:zlib';
import { catalogTables } from '@chancery/catalog';
import { configEntryTables } from '@chancery/config-entries';
import { expect, test } from 'vitest';
import { routes } from './routes.ts';
import { type Answered, ask } from './testing/ask.ts';
import { type InMemoryAgent, startInMemoryAgent } from './testing/in-memory-agent.ts';
import { pathTo } from './testing/path-to.ts';

// Every route of the table is asked with what makes no sense: whatever is added to it is, too.

const writing = routes.filter(({ method }) => method !== 'GET');

/** All that the agent holds, and what it was told to do. */
function stateOf({ store, calls }: InMemoryAgent): string {
  const tables = [...catalogTables, ...configEntryTables];
  const rows = tables.map((table) => store.view.all(table));
  return JSON.stringify([store.view.revision, rows, calls]);
}

/** An answer that a route gives, and no exception. */
function expectAnAnswer(agent: InMemoryAgent, asked: string, { text }: Answered): void {
  expect([asked, text]).not.toEqual([asked, expect.stringContaining('Internal error')]);
  expect([asked, agent.lines]).toEqual([asked, []]);
}

function bytes(text: string): Buffer {
  return Buffer.from(text);
}

const json = '{"Name":"x","Node":"x"}';
const deep = 250_000;
const malformed: Readonly<Record<string, Buffer>> = {
  'half an object': bytes('{"Name":"x"'),
  'no JSON': bytes('Name=x'),
  'a line end within a text': bytes('{"Name":"x\n"}'),
  null: bytes('null'),
  'a number': bytes('-1e999'),
  'a list': bytes('[{"Name":"x"}]'),
  'a list of nothing': bytes('[]'),
  'wrong types': bytes('{"Name":1,"Node":[],"Kind":{},"Action":null,"Target":0,"Status":true}'),
  'a key that none has': bytes('{"Bogus":1}'),
  'a prototype': bytes('{"__proto__":{"Name":"x","Node":"x"}}'),
  'lists as deep as the limit allows': bytes('['.repeat(deep) + ']'.repeat(deep)),
  'objects as deep as the limit allows': bytes('{"a":'.repeat(deep / 2)),
  'ten million bytes': Buffer.alloc(10_000_000, ' '),
  'no UTF-8': Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]),
  'a surrogate half in UTF-8': Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]),
  'UTF-16': Buffer.from(json, 'utf16le'),
  'a zip': gzipSync(json),
  'a NUL': bytes('\0'),
};

/** Whether a route looks at a body at all: without one, it could not do what it does. */
async function ignoresBody(agent: InMemoryAgent, line: string): Promise<boolean> {
  return (await ask(agent, line)).status < 400;
}

test.for(Object.entries(malformed))(
  'a body that is %s is refused by every route, and nothing is done',
  async ([, body]) => {
    await using agent = await startInMemoryAgent();
    for (const { method, path } of writing) {
      const line = `${method} ${pathTo(path)}?source=a&destination=b`;
      if (await ignoresBody(agent, line)) continue;
      const before = stateOf(agent);
      const answer = await ask(agent, line, { body });
      expectAnAnswer(agent, line, answer);
      expect([line, answer.status]).toEqual([line, expect.toSatisfy((status) => status >= 400)]);
      expect([line, answer.text]).not.toEqual([line, '']);
      expect([line, stateOf(agent)]).toEqual([line, before]);
    }
  },
);

test.for([
  [{ 'Content-Encoding': 'gzip' }, gzipSync(json), 415],
  [{ 'Content-Encoding': 'br' }, bytes(json), 415],
  [{ 'Content-Type': 'text/plain' }, bytes(json), 415],
  [{ 'Transfer-Encoding': 'chunked' }, Buffer.alloc(10_000_000, ' '), 413],
] as const)('a body with %j is refused where a body is read', async ([headers, body, status]) => {
  await using agent = await startInMemoryAgent();
  const before = stateOf(agent);
  for (const line of ['PUT /v1/agent/service/register', 'PUT /v1/catalog/register']) {
    const answer = await ask(agent, line, { body, headers });
    expectAnAnswer(agent, line, answer);
    expect([line, answer.status]).toEqual([line, status]);
  }
  expect(stateOf(agent)).toBe(before);
});

test('a mark at the beginning that says UTF-8 is no part of the JSON', async () => {
  await using agent = await startInMemoryAgent();
  const body = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes('{"Name":"x"}')]);
  expect((await ask(agent, 'PUT /v1/agent/service/register', { body })).status).toBe(200);
});

test.for(['a%zz', '%', '%f', '%ff', '%c3%28', '%00', 'a%00b', '%ed%a0%80'])(
  'a path with %s is refused',
  async (segment) => {
    await using agent = await startInMemoryAgent();
    for (const path of ['/v1/health/service/', '/v1/catalog/node/', '/v1/config/', '/']) {
      const answer = await ask(agent, `GET ${path}${segment}`);
      expectAnAnswer(agent, path, answer);
      expect([path, answer.status]).toEqual([path, 400]);
    }
  },
);

const head = 'PUT /v1/agent/service/register HTTP/1.1\r\nHost: localhost\r\n';

test.for<[string, string]>([
  ['a length that is too short', `${head}Content-Length: 3\r\n\r\n{"Name":"planted"}`],
  ['a length below nothing', `${head}Content-Length: -1\r\n\r\n{}`],
  ['two lengths', `${head}Content-Length: 2\r\nContent-Length: 18\r\n\r\n{"Name":"planted"}`],
  [
    'a length beside chunks',
    `${head}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n12\r\n{"Name":"planted"}\r\n0\r\n\r\n`,
  ],
  ['a chunk that is none', `${head}Transfer-Encoding: chunked\r\n\r\nzz\r\n{"Name":"planted"}`],
  ['a line end in a header', `${head}X: a\rb\r\nContent-Length: 18\r\n\r\n{"Name":"planted"}`],
  ['a NUL in the path', 'GET /v1/catalog/nodes\0 HTTP/1.1\r\nHost: localhost\r\n\r\n'],
  ['no HTTP', 'hello\r\n\r\n'],
])('%s is refused', async ([, request]) => {
  await using agent = await startInMemoryAgent();
  const before = stateOf(agent);
  const socket = createConnection(agent.port, '127.0.0.1');
  socket.end(request);
  const answer = Buffer.concat(await socket.toArray()).toString();
  expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  expect([stateOf(agent), agent.lines]).toEqual([before, []]);
});

test('a client that goes away in the middle of its body is no failure of the agent', async () => {
  await using agent = await startInMemoryAgent();
  const socket = createConnection(agent.port, '127.0.0.1');
  await new Promise((resolve) => socket.once('connect', resolve));
  socket.write(`${head}Content-Length: 100\r\n\r\n{"Name"`);
  await ask(agent, 'GET /v1/status/leader');
  socket.resetAndDestroy();
  await new Promise((resolve) => socket.once('close', resolve));
  expect((await ask(agent, 'GET /v1/status/leader')).status).toBe(200);
  expect(agent.lines).toEqual([]);
});
