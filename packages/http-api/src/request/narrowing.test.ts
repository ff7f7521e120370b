import { origin, updateCoordinate } from '@chancery/catalog';
import { expect, test } from 'vitest';
import { ask } from '../testing/ask.ts';
import { type InMemoryAgent, startInMemoryAgent } from '../testing/in-memory-agent.ts';

/** `db` on this agent's node and on two others, of which one is in a rack; each instance with a check. */
async function withNodes(): Promise<InMemoryAgent> {
  const agent = await startInMemoryAgent();
  for (const [node, rack] of [
    ['devnode', ''],
    ['a1', '1'],
    ['z1', ''],
  ]) {
    const body = {
      Node: node,
      Address: '10.0.0.9',
      ...(rack && { NodeMeta: { rack } }),
      Service: { Service: 'db', Port: 5432, Tags: [`on-${node}`, 'sql'] },
      Check: { CheckID: `db-${node}`, Name: 'db', ServiceID: 'db', Status: 'passing' },
    };
    expect(await ask(agent, 'PUT /v1/catalog/register', { body })).toMatchObject({ status: 200 });
  }
  return agent;
}

async function nodesOf(agent: InMemoryAgent, pathAndQuery: string): Promise<readonly string[]> {
  const { json } = await ask(agent, `GET ${pathAndQuery}`);
  return json.map(({ Node: node }: { Node: string | { Node: string } }) =>
    typeof node === 'string' ? node : node.Node,
  );
}

const byNode = [
  '/v1/catalog/nodes',
  '/v1/catalog/service/db',
  '/v1/health/service/db',
  '/v1/health/checks/db',
];

test.for(byNode)('%s holds only what is on nodes with the metadata asked for', async (path) => {
  await using agent = await withNodes();
  expect(await nodesOf(agent, `${path}?node-meta=rack:1`)).toEqual(['a1']);
  expect(await nodesOf(agent, `${path}?node-meta=rack:1&node-meta=row:2`)).toEqual([]);
});

test('checks in a state are thinned out by the metadata of their nodes too', async () => {
  await using agent = await withNodes();
  expect(await nodesOf(agent, '/v1/health/state/passing?node-meta=rack:1')).toEqual(['a1']);
  expect(await nodesOf(agent, '/v1/health/state/critical?node-meta=rack:1')).toEqual([]);
});

test('who waits for the services of some nodes is woken by those, and by no others', async () => {
  await using agent = await withNodes();
  const register = (Node: string) => {
    const body = { Node, SkipNodeUpdate: true, Service: { Service: 'cache', Port: 11211 } };
    return ask(agent, 'PUT /v1/catalog/register', { body });
  };
  const index = async (query: string) => {
    const { headers } = await ask(agent, `GET /v1/catalog/services?node-meta=rack:1${query}`);
    return Number(headers['x-consul-index']);
  };
  const before = await index('');
  await register('z1');
  expect(await index(`&index=${before}&wait=10ms`)).toBe(before);
  await register('a1');
  expect(await index(`&index=${before}&wait=60s`)).toBe(agent.store.view.revision);
});

/** Places a node so many seconds from where all begin. */
async function place(agent: InMemoryAgent, node: string, seconds: number): Promise<void> {
  const coordinate = { ...origin, vec: [seconds, 0, 0, 0, 0, 0, 0, 0] };
  const principal = { name: 'test' };
  const placed = await agent.store.commit(updateCoordinate, { node, coordinate }, { principal });
  expect(placed).toMatchObject({ ok: true, result: { known: true } });
}

test.for(byNode)('%s begins with what is nearest where that is asked for', async (path) => {
  await using agent = await withNodes();
  await place(agent, 'devnode', 0);
  await place(agent, 'z1', 0.02);
  expect(await nodesOf(agent, `${path}?near=z1`)).toEqual(['z1', 'devnode', 'a1']);
  expect(await nodesOf(agent, `${path}?near=_agent`)).toEqual(['devnode', 'z1', 'a1']);
  await place(agent, 'a1', 0.03);
  expect(await nodesOf(agent, `${path}?near=z1`)).toEqual(['z1', 'a1', 'devnode']);
  expect(await nodesOf(agent, `${path}?near=nowhere`)).toEqual(['a1', 'devnode', 'z1']);
});

test('who waits for the nearest is woken when a node moves', async () => {
  await using agent = await withNodes();
  for (const node of ['devnode', 'a1', 'z1']) await place(agent, node, node === 'z1' ? 0.02 : 0);
  const path = 'GET /v1/health/service/db?near=z1';
  const { headers } = await ask(agent, path);
  const woken = ask(agent, `${path}&wait=60s&index=${headers['x-consul-index']}`);
  while (agent.store.counters.watchers !== 1) await new Promise((resume) => setTimeout(resume, 2));
  await place(agent, 'a1', 0.015);
  expect((await woken).json[1].Node.Node).toBe('a1');
});

test('a list holds only what matches the expression, after all else that narrows it', async () => {
  await using agent = await withNodes();
  const filter = (expression: string): string => `filter=${encodeURIComponent(expression)}`;
  const service = '/v1/health/service/db';
  expect(await nodesOf(agent, `${service}?${filter('Node.Node matches "^.1$"')}`)).toEqual([
    'a1',
    'z1',
  ]);
  const both = `node-meta=rack:1&${filter('Node.Node != "z1"')}`;
  expect(await nodesOf(agent, `${service}?${both}`)).toEqual(['a1']);
  const expression = filter('"on-a1" in ServiceTags');
  expect(await nodesOf(agent, `/v1/catalog/service/db?${expression}`)).toEqual(['a1']);
});

test('names are counted of the instances that match', async () => {
  await using agent = await withNodes();
  const filter = encodeURIComponent('"on-a1" in ServiceTags or NodeMeta.rack == "2"');
  const { json, headers } = await ask(agent, `GET /v1/catalog/services?filter=${filter}`);
  expect(json).toEqual({ db: ['on-a1', 'sql'] });
  expect(Number(headers['x-consul-index'])).toBeGreaterThan(1);
});

test("a node's services and the agent's are left by their keys", async () => {
  await using agent = await withNodes();
  const body = { Name: 'web', Port: 80 };
  await ask(agent, 'PUT /v1/agent/service/register', { body });
  const filter = `filter=${encodeURIComponent('Service == "web"')}`;
  const services = await ask(agent, `GET /v1/agent/services?${filter}`);
  expect(Object.keys(services.json)).toEqual(['web']);
  const node = await ask(agent, `GET /v1/catalog/node/devnode?${filter}`);
  expect([node.json.Node.Node, Object.keys(node.json.Services)]).toEqual(['devnode', ['web']]);
  const checks = await ask(agent, 'GET /v1/agent/checks?filter=Status==critical');
  expect(checks.json).toEqual({});
});

test('nothing was imported from a peer', async () => {
  await using agent = await withNodes();
  const { status, json, headers } = await ask(agent, 'GET /v1/health/service/db?peer=other');
  expect([status, json, headers['x-consul-index']]).toEqual([200, [], '1']);
  expect(await ask(agent, 'GET /v1/health/service/db?sg=group')).toMatchObject({
    status: 500,
    text: 'Invalid query parameter: "sg" is "group"; there are no sameness groups here',
  });
});

test('a regular expression that would keep everybody waiting is given up', async () => {
  await using agent = await withNodes();
  const checks = Array.from({ length: 60 }, (_, at) => ({
    CheckID: `c${at}`,
    Name: 'c',
    Status: 'passing',
    Output: `${irregular(4000, at + 1)}.`,
  }));
  const body = { Node: 'a1', Address: '10.0.0.9', Checks: checks };
  expect((await ask(agent, 'PUT /v1/catalog/register', { body })).status).toBe(200);
  const asked = async (pattern: string) => {
    const filter = encodeURIComponent(`Output matches "${pattern}"`);
    return await ask(agent, `GET /v1/health/node/a1?filter=${filter}`);
  };
  const { status, text } = await asked('(?:a[ab]{0,110}){1,2}$');
  expect([status, text.slice(0, 40)]).toEqual([400, 'The filter was given up after 500 ms: us']);
  expect((await asked('^[ab]*c')).text).toBe('[]');
});

/** Letters without a pattern that an automaton could learn, the same for the same seed. */
function irregular(length: number, seed: number): string {
  let state = seed;
  return Array.from({ length }, () => {
    state = (state * 48_271) % 0x7fffffff;
    return state < 0x3fffffff ? 'a' : 'b';
  }).join('');
}
