import { expect, test } from 'vitest';
import { type Client, createClient } from './client.ts';
import { serve } from './testing/serve.ts';

/** What a call asks of the agent: `METHOD /path?query body`. */
async function asked(call: (client: Client) => Promise<unknown>, answer: unknown = {}) {
  const requests: string[] = [];
  const options = await serve((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      requests.push(`${request.method} ${request.url} ${Buffer.concat(chunks)}`.trim());
      response.end(JSON.stringify(answer));
    });
  });
  const result = await call(createClient(options));
  return { requests, result };
}

test.for<readonly [string, (client: Client) => Promise<unknown>]>([
  ['GET /v1/agent/host', ({ agent }) => agent.host()],
  ['GET /v1/agent/metrics', ({ agent }) => agent.metrics()],
  ['GET /v1/agent/members?segment=_all', ({ agent }) => agent.members()],
  [
    'GET /v1/agent/members?filter=Name%20%3D%3D%20a&segment=x&wan=1',
    ({ agent }) => agent.members({ wan: true, segment: 'x', filter: 'Name == a' }),
  ],
  ['GET /v1/agent/services?filter=f', ({ agent }) => agent.services({ filter: 'f' })],
  ['GET /v1/agent/checks', ({ agent }) => agent.checks()],
  [
    'GET /v1/agent/service/web%2F1?hash=abc&wait=5ms',
    ({ agent }) => agent.service('web/1', { hash: 'abc', waitMs: 5 }),
  ],
  [
    'PUT /v1/agent/maintenance?enable=true&reason=two%20words',
    ({ agent }) => agent.maintainNode({ enable: true, reason: 'two words' }),
  ],
  [
    'PUT /v1/agent/service/maintenance/web?enable=false',
    ({ agent }) => agent.maintainService('web', { enable: false }),
  ],
  [
    'PUT /v1/agent/join/10.0.0.1%3A8301?wan=1',
    ({ agent }) => agent.join('10.0.0.1:8301', { wan: true }),
  ],
  ['PUT /v1/agent/force-leave/n?prune=1', ({ agent }) => agent.forceLeave('n', { prune: true })],
  [
    'GET /v1/agent/monitor?logjson=true&loglevel=DEBUG',
    ({ agent }) => agent.monitor({ logLevel: 'DEBUG', json: true }),
  ],
  [
    'GET /v1/catalog/nodes?cached=&near=_agent&node-meta=a%3Ab&node-meta=c%3Ad',
    ({ catalog }) => catalog.nodes({ near: '_agent', nodeMeta: { a: 'b', c: 'd' }, cached: true }),
  ],
  ['GET /v1/exported-services', ({ catalog }) => catalog.exportedServices()],
  ['GET /v1/config/mesh?filter=f', ({ config }) => config.entries('mesh', { filter: 'f' })],
  [
    'PUT /v1/config?cas=0 {"Kind":"mesh","Name":"mesh"}',
    ({ config }) => config.write({ Kind: 'mesh', Name: 'mesh' }, { cas: 0 }),
  ],
  ['DELETE /v1/config/mesh/mesh', ({ config }) => config.delete('mesh', 'mesh')],
  ['GET /v1/connect/ca/configuration', ({ connect }) => connect.caConfiguration()],
  [
    'PUT /v1/connect/ca/configuration {"Provider":"consul"}',
    ({ connect }) => connect.configureCa({ Provider: 'consul' }),
  ],
  ['GET /v1/coordinate/nodes', ({ coordinates }) => coordinates.nodes()],
  ['GET /v1/coordinate/datacenters', ({ coordinates }) => coordinates.datacenters()],
  ['GET /v1/status/leader', ({ operator }) => operator.leader()],
  ['GET /v1/operator/raft/configuration', ({ operator }) => operator.raftServers()],
  ['GET /v1/operator/usage?global=', ({ operator }) => operator.usage({ global: true })],
  ['GET /v1/peerings', ({ operator }) => operator.peerings()],
])('%s', async ([request, call]) => {
  expect((await asked(call)).requests).toEqual([request]);
});

test('a deletion without a condition is answered with an object, one with a condition with whether it came to be', async () => {
  const deletion = ({ config }: Client) => config.delete('mesh', 'mesh', { cas: 3 });
  expect((await asked(deletion, {})).result).toBe(true);
  expect((await asked(deletion, true)).result).toBe(true);
  expect((await asked(deletion, false)).result).toBe(false);
});

test('a write says whether its condition held', async () => {
  const write = ({ config }: Client) => config.write({ Kind: 'mesh', Name: 'mesh' }, { cas: 3 });
  expect((await asked(write, false)).result).toBe(false);
});
