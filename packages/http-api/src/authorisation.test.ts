import type { Right } from '@chancery/model';
import { expect, test } from 'vitest';
import { createRouter } from './router.ts';
import { routes } from './routes.ts';
import { ask } from './testing/ask.ts';
import { startInMemoryAgent } from './testing/in-memory-agent.ts';
import { pathTo } from './testing/path-to.ts';

test('each route is refused to who lacks the right that the table gives it, before anything is done', async () => {
  const asked: Right[] = [];
  await using agent = await startInMemoryAgent({
    authorise: (_principal, right) => {
      asked.push(right);
      return false;
    },
  });
  const { revision } = agent.store.view;
  for (const { method, path, right } of routes.filter((route) => route.right !== 'anyone')) {
    const { status, text } = await ask(agent, `${method} ${pathTo(path)}`, { body: '{}' });
    expect([method, path, status, asked.splice(0)]).toEqual([method, path, 403, [right]]);
    expect(text).toBe(`Permission denied: "test" lacks permission '${right}'`);
  }
  expect([agent.store.view.revision, agent.calls]).toEqual([revision, []]);
});

/** What Consul answers without looking at a token, and what is there only to say that there are none. */
const forAnyone = [
  'GET /v1/agent/connect/ca/roots',
  'GET /v1/catalog/datacenters',
  'GET /v1/connect/ca/roots',
  'GET /v1/coordinate/datacenters',
  'GET /v1/status/leader',
  'GET /v1/status/peers',
  'GET /v1/acl/replication',
  'GET /v1/acl/token/self',
  'POST /v1/acl/login',
  'POST /v1/acl/logout',
  'POST /v1/internal/acl/authorize',
  'PUT /v1/acl/bootstrap',
];

test('no route is for anyone but those that are meant to be', () => {
  const open = routes.filter(({ right }) => right === 'anyone');
  expect(open.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(forAnyone.sort());
});

test('a route that reads asks for no right to write, and one that writes for no right to read', () => {
  const reading = new Set(['GET', 'HEAD']);
  // A leaf comes with its key; what is asked about a rule or a chain by POST changes nothing.
  const otherwise = new Set([
    'GET /v1/agent/connect/ca/leaf/*',
    'POST /v1/discovery-chain/*',
    'POST /v1/acl/templated-policy/preview/*',
  ]);
  for (const { method, path, right } of routes) {
    if (right === 'anyone' || otherwise.has(`${method} ${path}`)) continue;
    const expected = reading.has(method) ? /:read$/ : /:write$/;
    expect([method, path, right]).toEqual([method, path, expect.stringMatching(expected)]);
  }
});

test('what anyone may read changes nothing and is not asked about', async () => {
  await using agent = await startInMemoryAgent({
    authorise: () => {
      throw new Error('asked');
    },
  });
  const { revision } = agent.store.view;
  for (const { method, path } of routes.filter(({ right }) => right === 'anyone')) {
    const { status } = await ask(agent, `${method} ${pathTo(path)}`);
    expect([method, path, status]).not.toEqual([method, path, 403]);
  }
  expect([agent.store.view.revision, agent.calls, agent.lines]).toEqual([revision, [], []]);
});

test('no answer but those about paths is to be had without the table', () => {
  const withoutTable = createRouter([]);
  for (const { method, path } of routes) {
    const routed = withoutTable(method, pathTo(path), '');
    expect(routed).toMatchObject({ kind: 'reply', reply: { status: 404 } });
  }
});

test('a method that the table does not have is told apart from a path that it does not have', async () => {
  await using agent = await startInMemoryAgent();
  for (const [path, of] of Map.groupBy(routes, (route) => route.path)) {
    const methods: readonly string[] = of.map(({ method }) => method);
    const allow = ['OPTIONS', ...methods].join(',');
    for (const method of ['GET', 'PUT', 'POST', 'DELETE', 'PATCH', 'HEAD']) {
      if (methods.includes(method)) continue;
      const { status, headers } = await ask(agent, `${method} ${pathTo(path)}`);
      expect([method, path, status, headers.allow]).toEqual([method, path, 405, allow]);
    }
  }
});
