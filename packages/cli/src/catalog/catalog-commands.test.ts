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
