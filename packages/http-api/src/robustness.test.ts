import { createConnection } from 'node:net';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { routes } from './routes.ts';
import { ask } from './testing/ask.ts';
import { startInMemoryAgent } from './testing/in-memory-agent.ts';

const writing = routes.filter(({ method }) => method === 'PUT' || method === 'POST');
const keys = [
  'Name',
  'Node',
  'Address',
  'Service',
  'Check',
  'Checks',
  'Connect',
  'SidecarService',
  'Proxy',
  'Upstreams',
  'Config',
  'Action',
  'SourceName',
  'DestinationName',
  'Meta',
  'Status',
  'Target',
  'ClientCertURI',
  '__proto__',
  'constructor',
];

/** JSON in which known keys hold anything. */
const body = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.jsonValue({ maxDepth: 1 }),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.array(fc.tuple(fc.constantFrom(...keys), tie('value')), { maxLength: 5 }).map(objectOf),
  ),
})).value;

/** As text, for `__proto__` is a key like any other there. */
function objectOf(entries: readonly (readonly [string, unknown])[]): object {
  const text = entries.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`);
  return JSON.parse(`{${text.join(',')}}`);
}

test('whatever JSON a body holds, a route answers it itself', async () => {
  await using agent = await startInMemoryAgent();
  const line = fc
    .constantFrom(...writing)
    .map(({ method, path }) => `${method} ${path.replace(/\*|:\w+/, 'x')}?source=a&destination=b`);
  await fc.assert(
    fc.asyncProperty(line, body, async (asked, value) => {
      const { text } = await ask(agent, asked, { body: JSON.stringify(value) });
      expect(text).not.toContain('Internal error');
      expect(agent.lines).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test('a body nested as deep as the limit allows is answered', async () => {
  await using agent = await startInMemoryAgent();
  const depth = 250_000;
  const nested = `{"Name":"x","Meta":${'['.repeat(depth)}${']'.repeat(depth)}}`;
  const { status } = await ask(agent, 'PUT /v1/agent/service/register', { body: nested });
  expect(status).toBe(400);
});

test('a client that goes away in the middle of its body is no failure of the agent', async () => {
  await using agent = await startInMemoryAgent();
  const socket = createConnection(agent.port, '127.0.0.1');
  await new Promise((resolve) => socket.once('connect', resolve));
  socket.write(
    'PUT /v1/agent/service/register HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{"Name"',
  );
  await ask(agent, 'GET /v1/status/leader');
  socket.resetAndDestroy();
  await new Promise((resolve) => socket.once('close', resolve));
  expect((await ask(agent, 'GET /v1/status/leader')).status).toBe(200);
  expect(agent.lines.filter((line) => line.startsWith('error'))).toEqual([]);
});
