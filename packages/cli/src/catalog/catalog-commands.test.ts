import { expect, test } from 'vitest';
import { chancery, startStubAgent } from '../testing/stub-agent.ts';

const node = {
  ID: '9598e0cc-6ef4-89a6-07c1-ae0a775cb23d',
  Node: 'devnode',
  Address: '127.0.0.1',
  Datacenter: 'dc1',
  TaggedAddresses: { wan: '127.0.0.1', lan: '127.0.0.1' },
  Meta: { rack: '1' },
};

const answers = {
  'GET /v1/catalog/nodes': [node],
  'GET /v1/catalog/nodes?node-meta=rack%3A2': [],
  'GET /v1/catalog/services': { web: ['v2', 'v1'], 'db-sidecar-proxy': [] },
  'GET /v1/catalog/service/web': [
    { ...node, NodeMeta: node.Meta, ServiceID: 'web-1' },
    { ...node, NodeMeta: node.Meta, ServiceID: 'web-2' },
  ],
  'GET /v1/catalog/service/nope': [],
  'GET /v1/catalog/node/devnode': {
    Node: node,
    Services: { a: { Service: 'web', Tags: ['v1'] }, b: { Service: 'web', Tags: null } },
  },
};

const brief = 'Node     ID        Address    DC\ndevnode  9598e0cc  127.0.0.1  dc1';

test('lists are JSON as the API writes it; of a service, the nodes that carry it, each once', async () => {
  await using agent = await startStubAgent(answers);
  const json = async (line: string) =>
    JSON.parse((await chancery(`${line} -format json`, agent)).out);
  expect(await json('catalog nodes')).toEqual([node]);
  expect(await json('catalog nodes -service web')).toEqual([node]);
  expect(await json('catalog nodes -service nope')).toEqual([]);
  expect(await json('catalog services')).toEqual({ web: ['v2', 'v1'], 'db-sidecar-proxy': [] });
  expect(await json('catalog services -node devnode')).toEqual({ web: ['v1'] });
});

test('nodes are in the order of their names, unless they are in that of their distance', async () => {
  const nodes = ['b', 'a'].map((Node) => ({ ...node, Node }));
  await using agent = await startStubAgent({
    'GET /v1/catalog/nodes': nodes,
    'GET /v1/catalog/nodes?near=_agent': nodes,
  });
  const names = async (line: string) =>
    (await chancery(line, agent)).out.split('\n').map((row) => row.split(' ')[0]);
  expect(await names('catalog nodes')).toEqual(['Node', 'a', 'b']);
  expect(await names('catalog nodes -near _agent')).toEqual(['Node', 'b', 'a']);
});

test.for([
  ['catalog nodes', brief, ''],
  ['catalog nodes -service web', brief, ''],
  [
    'catalog nodes -detailed',
    'Node     ID                                    Address    DC   TaggedAddresses               Meta\ndevnode  9598e0cc-6ef4-89a6-07c1-ae0a775cb23d  127.0.0.1  dc1  lan=127.0.0.1, wan=127.0.0.1  rack=1',
    '',
  ],
  [
    'catalog nodes -service nope',
    '',
    'No nodes match the given query - try expanding your search.',
  ],
  [
    'catalog nodes -node-meta rack=2',
    '',
    'No nodes match the given query - try expanding your search.',
  ],
  ['catalog services', 'db-sidecar-proxy\nweb', ''],
  ['catalog services -tags', `db-sidecar-proxy      \nweb                   v1,v2`, ''],
  ['catalog services -node devnode', 'web', ''],
] as const)('%s', async ([line, out, err]) => {
  await using agent = await startStubAgent(answers);
  expect(await chancery(line, agent)).toEqual({ code: 0, out, err });
});
