import { expect, test } from 'vitest';
import type { Route } from './route.ts';
import { routes } from './routes.ts';
import { ask } from './testing/ask.ts';
import { type InMemoryAgent, startInMemoryAgent } from './testing/in-memory-agent.ts';
import { pathTo } from './testing/path-to.ts';

// What holds for every route of a kind, whichever routes there are.

const byIndex = routes.filter(({ blocking }) => blocking === 'index');
const waiting = routes.filter(({ blocking }) => blocking === 'index' || blocking === 'certificate');

test('what waits for an index is what does so in Consul, and the certificates that the agent makes', () => {
  const paths = waiting.map(({ path }) => path).sort();
  expect(paths).toEqual([
    '/v1/agent/connect/ca/leaf/*',
    '/v1/agent/connect/ca/roots',
    '/v1/catalog/connect/*',
    '/v1/catalog/gateway-services/*',
    '/v1/catalog/node-services/*',
    '/v1/catalog/node/*',
    '/v1/catalog/nodes',
    '/v1/catalog/service/*',
    '/v1/catalog/services',
    '/v1/config/',
    '/v1/config/:kind',
    '/v1/config/:kind/*',
    '/v1/connect/ca/roots',
    '/v1/connect/intentions',
    '/v1/connect/intentions/match',
    '/v1/coordinate/node/*',
    '/v1/coordinate/nodes',
    '/v1/discovery-chain/*',
    '/v1/exported-services',
    '/v1/health/checks/*',
    '/v1/health/connect/*',
    '/v1/health/ingress/*',
    '/v1/health/node/*',
    '/v1/health/service/*',
    '/v1/health/state/*',
    '/v1/internal/ui/node/*',
    '/v1/internal/ui/nodes',
    '/v1/internal/ui/service-topology/*',
    '/v1/internal/ui/services',
    '/v1/operator/usage',
    '/v1/peerings',
  ]);
  const cacheable = byIndex.filter((route) => 'cached' in route).map(({ path }) => path);
  expect(cacheable.sort()).toEqual([
    '/v1/agent/connect/ca/roots',
    '/v1/catalog/connect/*',
    '/v1/catalog/service/*',
    '/v1/catalog/services',
    '/v1/connect/intentions/match',
    '/v1/discovery-chain/*',
    '/v1/health/connect/*',
    '/v1/health/ingress/*',
    '/v1/health/service/*',
  ]);
});

/** A request that a route answers with more than a complaint. */
function lineTo({ method, path }: Route): string {
  const parameters = path.endsWith('/match')
    ? 'by=source&name=web'
    : 'source=a&destination=b&kind=';
  return `${method} ${pathTo(path)}?${parameters}`;
}

async function withServices(): Promise<InMemoryAgent> {
  const agent = await startInMemoryAgent();
  const body = { Name: 'web', Port: 8080, Connect: { SidecarService: {} } };
  expect((await ask(agent, 'PUT /v1/agent/service/register', { body })).status).toBe(200);
  return agent;
}

async function untilWaiting(agent: InMemoryAgent, waits: number): Promise<void> {
  while (agent.store.counters.watchers !== waits) {
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

test('each read by index says its index, that there is a leader and how old it is', async () => {
  await using agent = await withServices();
  for (const route of byIndex) {
    const { headers } = await ask(agent, lineTo(route));
    expect([route.path, Number(headers['x-consul-index'])]).toEqual([
      route.path,
      expect.toSatisfy((index) => index >= 1),
    ]);
    expect(headers).toMatchObject({
      'x-consul-knownleader': 'true',
      'x-consul-lastcontact': '0',
      'x-consul-query-backend': 'blocking-query',
    });
  }
});

test('each read by index waits while nothing that it read has changed, and for nothing when its client goes', async () => {
  await using agent = await withServices();
  for (const route of byIndex) {
    const { headers } = await ask(agent, lineTo(route));
    const abort = new AbortController();
    const line = `${lineTo(route)}&wait=60s&index=${headers['x-consul-index']}`;
    const waiting = ask(agent, line, { signal: abort.signal });
    await Promise.race([untilWaiting(agent, 1), waiting]);
    expect([route.path, agent.store.counters.watchers]).toEqual([route.path, 1]);
    abort.abort();
    await expect(waiting).rejects.toThrow();
    await untilWaiting(agent, 0);
  }
});

test.for([
  ['index=abc', 400, 'Invalid index'],
  ['index=-1', 400, 'Invalid index'],
  ['index=99999999999999999999', 400, 'Invalid index'],
  ['wait=abc', 400, 'Invalid wait time'],
  ['wait=10', 400, 'Invalid wait time'],
  ['max_stale=abc', 400, 'Invalid max_stale value "abc"'],
  ['stale&consistent', 400, 'Cannot specify ?stale with ?consistent, conflicting semantics.'],
  [
    'max_stale=1s&consistent',
    400,
    'Cannot specify ?stale with ?consistent, conflicting semantics.',
  ],
  ['cached&consistent', 400, 'Cannot specify ?cached with ?consistent, conflicting semantics.'],
  ['dc=dc2', 500, 'No path to datacenter'],
  ['datacenter=DC1', 500, 'No path to datacenter'],
  ['ns=team', 400, 'Invalid query parameter: "ns" is "team"; only "default" exists here'],
] as const)('each read by index refuses ?%s', async ([parameter, status, text]) => {
  await using agent = await startInMemoryAgent();
  for (const route of waiting) {
    const answer = await ask(agent, `${lineTo(route)}&${parameter}`);
    expect([route.path, answer.status, answer.text]).toEqual([route.path, status, text]);
  }
});

test('each read by index refuses ages that are no seconds', async () => {
  await using agent = await startInMemoryAgent();
  for (const age of ['max-age=x', 'Max-Age=', 'must-revalidate, stale-if-error=5s']) {
    for (const route of byIndex) {
      const { status, text } = await ask(agent, lineTo(route), {
        headers: { 'Cache-Control': age },
      });
      expect([route.path, status, text]).toEqual([
        route.path,
        400,
        'Invalid Cache-Control header.',
      ]);
    }
  }
});

test.for(['max-age=5, stale-if-error=60', 'must-revalidate', 'no-cache', 'max-age', 'MAX-AGE=5 '])(
  'a read with "Cache-Control: %s" is answered',
  async (header) => {
    await using agent = await startInMemoryAgent();
    const headers = { 'Cache-Control': header };
    const answer = await ask(agent, 'GET /v1/catalog/services?cached', { headers });
    expect([answer.status, answer.headers['x-cache'], answer.headers.age]).toEqual([
      200,
      'HIT',
      '0',
    ]);
  },
);

test('a namespace, a partition, a datacenter of its own name are asked for without effect', async () => {
  await using agent = await withServices();
  const parameters = '&ns=default&partition=default&dc=dc1&token=x&stale=&cached=';
  for (const route of byIndex) {
    const plain = await ask(agent, lineTo(route));
    const asked = await ask(agent, lineTo(route) + parameters);
    expect([route.path, asked.status, asked.text]).toEqual([route.path, plain.status, plain.text]);
  }
});

test('what the agent tells of itself it tells whatever is said about reads', async () => {
  await using agent = await withServices();
  for (const path of ['self', 'services', 'checks', 'members', 'version', 'service/web']) {
    const line = `GET /v1/agent/${path}?dc=dc2&stale&max_stale=1s`;
    const answer = await ask(agent, line, { headers: { 'Cache-Control': 'no-store' } });
    expect([path, answer.status]).toEqual([path, 200]);
  }
  const services = 'GET /v1/agent/services?index=abc&wait=abc&stale&consistent';
  expect((await ask(agent, services)).status).toBe(200);
});

/** The lists that Consul 1.20.1 filters. */
const filtered = new Set([
  '/v1/agent/checks',
  '/v1/agent/members',
  '/v1/agent/services',
  '/v1/catalog/connect/*',
  '/v1/catalog/node-services/*',
  '/v1/catalog/node/*',
  '/v1/catalog/nodes',
  '/v1/catalog/service/*',
  '/v1/catalog/services',
  '/v1/config/:kind',
  '/v1/connect/intentions',
  '/v1/health/checks/*',
  '/v1/health/connect/*',
  '/v1/health/ingress/*',
  '/v1/health/node/*',
  '/v1/health/service/*',
  '/v1/health/state/*',
  '/v1/internal/ui/nodes',
  '/v1/internal/ui/services',
]);

test('the lists that Consul filters are filtered, and an expression is ignored elsewhere', async () => {
  await using agent = await withServices();
  const reads = routes.filter(({ method, blocking }) => method === 'GET' && blocking === 'index');
  const lists = routes.filter((route) => 'list' in route);
  for (const route of [...reads, ...lists]) {
    const plain = await ask(agent, lineTo(route));
    const { status, text } = await ask(agent, `${lineTo(route)}&filter=Nope==1`);
    if (filtered.has(route.path)) {
      expect([route.path, status]).toEqual([route.path, 500]);
      expect(text).toMatch(
        /^Failed to create boolean expression evaluator: Selector "Nope" is not valid/,
      );
    } else {
      expect([route.path, status, text]).toEqual([route.path, plain.status, plain.text]);
    }
  }
});

test('an expression that cannot be read is told with its line and column', async () => {
  await using agent = await withServices();
  const { status, text } = await ask(agent, 'GET /v1/catalog/nodes?filter=Node%20%3D%20x');
  expect([status, text]).toEqual([
    500,
    expect.stringMatching(/^Failed to create boolean expression evaluator: 1:6 /),
  ]);
});

test('that there are no tokens is said to whatever is asked about them', async () => {
  await using agent = await startInMemoryAgent();
  for (const { method, path } of routes.filter((route) => route.path.startsWith('/v1/acl/'))) {
    const line = `${method} ${pathTo(path)}?index=abc&stale&consistent&dc=dc2&ns=team`;
    const { status, text } = await ask(agent, line);
    expect([line, status, text]).toEqual([line, 401, 'ACL support disabled']);
  }
});
