import { expect, test } from 'vitest';
import { ask } from '../testing/ask.ts';
import { type InMemoryAgent, startInMemoryAgent } from '../testing/in-memory-agent.ts';

async function withMesh(): Promise<InMemoryAgent> {
  const agent = await startInMemoryAgent();
  const register = (body: object) => ask(agent, 'PUT /v1/agent/service/register', { body });
  await register({ Name: 'web', Port: 8080, Tags: ['v1'], Connect: { SidecarService: {} } });
  await register({
    Name: 'web',
    ID: 'web-2',
    Port: 8081,
    Tags: ['v1', 'V2'],
    Check: { TTL: '10s' },
  });
  const service = { Service: 'api', Port: 80 };
  const body = { Node: 'ext', Address: '10.0.0.9', NodeMeta: { rack: '1' }, Service: service };
  expect(await ask(agent, 'PUT /v1/catalog/register', { body })).toMatchObject({
    status: 200,
    text: 'true',
  });
  return agent;
}

test('names come with the tags of all their instances', async () => {
  await using agent = await withMesh();
  const { json } = await ask(agent, 'GET /v1/catalog/services');
  expect(json).toEqual({ api: [], web: ['V2', 'v1'], 'web-sidecar-proxy': ['v1'] });
  expect((await ask(agent, 'GET /v1/catalog/services?node-meta=rack:1')).json).toEqual({ api: [] });
});

test('nodes are narrowed by every metadata pair', async () => {
  await using agent = await withMesh();
  const names = async (query: string) =>
    (await ask(agent, `GET /v1/catalog/nodes${query}`)).json.map(
      ({ Node }: { Node: string }) => Node,
    );
  expect(await names('')).toEqual(['devnode', 'ext']);
  expect(await names('?node-meta=rack:1')).toEqual(['ext']);
  expect(await names('?node-meta=rack:1&node-meta=row:2')).toEqual([]);
});

test('an instance is shown flat with its node', async () => {
  await using agent = await withMesh();
  const { json } = await ask(agent, 'GET /v1/catalog/service/web?tag=v1&tag=v2');
  expect(json).toHaveLength(1);
  expect(json[0]).toMatchObject({
    ID: '9598e0cc-6ef4-89a6-07c1-ae0a775cb23d',
    Node: 'devnode',
    Address: '127.0.0.1',
    ServiceKind: '',
    ServiceID: 'web-2',
    ServiceName: 'web',
    ServicePort: 8081,
    ServiceProxy: { Mode: '', MeshGateway: {}, Expose: {} },
  });
  expect((await ask(agent, 'GET /v1/catalog/service/nope')).json).toEqual([]);
});

test('what takes mTLS for a service is its sidecars', async () => {
  await using agent = await withMesh();
  const { json } = await ask(agent, 'GET /v1/catalog/connect/web');
  expect(json.map(({ ServiceID }: { ServiceID: string }) => ServiceID)).toEqual([
    'web-sidecar-proxy',
  ]);
  const health = (await ask(agent, 'GET /v1/health/connect/web')).json;
  expect(health[0].Service.ID).toBe('web-sidecar-proxy');
  expect(health[0].Checks.map(({ CheckID }: { CheckID: string }) => CheckID)).toEqual([
    'serfHealth',
    'service:web-sidecar-proxy:1',
    'service:web-sidecar-proxy:2',
  ]);
});

test('a node is shown with its services by ID, or as a list; an unknown one is null', async () => {
  await using agent = await withMesh();
  const byId = (await ask(agent, 'GET /v1/catalog/node/devnode')).json;
  expect(Object.keys(byId.Services)).toEqual(['web', 'web-2', 'web-sidecar-proxy']);
  const list = (await ask(agent, 'GET /v1/catalog/node-services/devnode')).json;
  expect(list.Services.map(({ ID }: { ID: string }) => ID)).toEqual([
    'web',
    'web-2',
    'web-sidecar-proxy',
  ]);
  expect((await ask(agent, 'GET /v1/catalog/node/nope')).text).toBe('null');
  expect((await ask(agent, 'GET /v1/catalog/node-services/nope')).json).toEqual({
    Node: null,
    Services: null,
  });
});

test('passing leaves out instances with a check that does not pass', async () => {
  await using agent = await withMesh();
  const ids = async (query: string) =>
    (await ask(agent, `GET /v1/health/service/web${query}`)).json.map(
      ({ Service }: { Service: { ID: string } }) => Service.ID,
    );
  expect(await ids('')).toEqual(['web', 'web-2']);
  expect(await ids('?passing')).toEqual(['web']);
  expect(await ids('?passing=0')).toEqual(['web', 'web-2']);
  await ask(agent, 'PUT /v1/agent/check/pass/service:web-2');
  expect(await ids('?passing=1&tag=v2')).toEqual(['web-2']);
  await ask(agent, 'PUT /v1/agent/check/warn/service:web-2');
  expect(await ids('?passing')).toEqual(['web']);
});

test('checks are listed by service, by node and by state', async () => {
  await using agent = await withMesh();
  const checkIds = async (path: string) =>
    (await ask(agent, `GET /v1/health/${path}`)).json.map(
      ({ CheckID }: { CheckID: string }) => CheckID,
    );
  expect(await checkIds('checks/web')).toEqual(['service:web-2']);
  expect(await checkIds('state/passing')).toEqual(['serfHealth', 'service:web-sidecar-proxy:2']);
  expect(await checkIds('state/bogus')).toEqual([]);
  expect(await checkIds('node/devnode')).toEqual(await checkIds('state/any'));
});

test('another agent reports a service with its checks, and takes them back', async () => {
  await using agent = await withMesh();
  const body = {
    Node: 'ext',
    SkipNodeUpdate: true,
    Service: { ID: 'db', Service: 'db', Port: 1 },
    Check: { Name: 'up', Status: 'warning', Output: 'slow', ServiceID: 'db' },
  };
  await ask(agent, 'PUT /v1/catalog/register', { body });
  const [entry] = (await ask(agent, 'GET /v1/health/service/db')).json;
  expect(entry.Node.Address).toBe('10.0.0.9');
  expect(entry.Checks).toMatchObject([{ CheckID: 'up', Status: 'warning', Output: 'slow' }]);
  await ask(agent, 'PUT /v1/catalog/deregister', { body: { Node: 'ext', CheckID: 'up' } });
  expect((await ask(agent, 'GET /v1/health/checks/db')).json).toEqual([]);
  await ask(agent, 'PUT /v1/catalog/deregister', { body: { Node: 'ext' } });
  expect((await ask(agent, 'GET /v1/catalog/service/db')).json).toEqual([]);
});

test.for([
  [{ Node: 'ext' }, 500, 'Must provide address if SkipNodeUpdate is not set'],
  [{ Address: '10.0.0.9' }, 500, 'Must provide node'],
  [{ Node: 'ext', Address: 'a', Datacenter: 'dc2' }, 500, 'No path to datacenter'],
  [{ Node: 'ext', Bogus: 1 }, 400, 'Request decode failed: json: unknown field "Bogus"'],
  [{ Node: 'ext', Address: 7 }, 400, 'Request decode failed: Address: must be a text'],
  [
    { Node: 'ext', Address: 'a', Check: { Name: 'c', Status: 'fine' } },
    400,
    'Request decode failed: Check.Status: must be passing, warning or critical',
  ],
] as const)('%j is refused with %i: %s', async ([body, status, text]) => {
  await using agent = await startInMemoryAgent();
  expect(await ask(agent, 'PUT /v1/catalog/register', { body })).toMatchObject({ status, text });
});

test('keys of a registration with the catalog are read without regard to case, as in Consul', async () => {
  await using agent = await startInMemoryAgent();
  const body = {
    node: 'ext',
    ADDRESS: '10.0.0.9',
    nodemeta: { rack: '1' },
    service: { service: 'db', port: 1 },
    check: { name: 'up', status: 'passing', serviceid: 'db' },
    Token: 'x',
    CreateIndex: 7,
  };
  expect(await ask(agent, 'PUT /v1/catalog/register', { body })).toMatchObject({ status: 200 });
  const [entry] = (await ask(agent, 'GET /v1/health/service/db')).json;
  expect(entry).toMatchObject({
    Node: { Node: 'ext', Address: '10.0.0.9', Meta: { rack: '1' } },
    Service: { Port: 1 },
    Checks: [{ Name: 'up', Status: 'passing' }],
  });
  const some = { node: 'ext', serviceid: 'db' };
  expect((await ask(agent, 'PUT /v1/catalog/deregister', { body: some })).status).toBe(200);
  expect((await ask(agent, 'GET /v1/catalog/node-services/ext')).json).toMatchObject({
    Node: { Node: 'ext' },
    Services: [],
  });
});

test.for([
  [{ Node: 'ext', SeviceID: 'api' }, 400, 'json: unknown field "SeviceID"'],
  [{ Node: 'ext', ServiceID: 5 }, 400, 'ServiceID: must be a text'],
  [{ Node: 'ext', Datacenter: 5 }, 400, 'Datacenter: must be a text'],
  [[], 400, 'must be an object'],
] as const)(
  'of what a mistaken deregistration may mean nothing is taken away: %j',
  async ([body, status, text]) => {
    await using agent = await withMesh();
    const answer = await ask(agent, 'PUT /v1/catalog/deregister', { body });
    expect([answer.status, answer.text]).toEqual([status, `Request decode failed: ${text}`]);
    expect((await ask(agent, 'GET /v1/catalog/service/api')).json).toHaveLength(1);
  },
);

test('a mistake in the service of a catalog registration is told by its place', async () => {
  await using agent = await startInMemoryAgent();
  const body = { Node: 'ext', Address: 'a', Service: { Service: 'x', Port: 'y' } };
  const { status, text } = await ask(agent, 'PUT /v1/catalog/register', { body });
  expect(status).toBe(400);
  expect(text).toContain('Service.Port: ');
});

test('the node of the agent itself is neither renamed, moved nor taken away', async () => {
  await using agent = await withMesh();
  const id = '9598e0cc-6ef4-89a6-07c1-ae0a775cb23d';
  const registered = (body: object) => ask(agent, 'PUT /v1/catalog/register', { body });
  expect(await registered({ Node: 'other', ID: id, Address: '10.0.0.1' })).toMatchObject({
    status: 500,
    text: `The ID ${id} is that of this agent's node, "devnode"`,
  });
  const service = { Service: 'cron', Port: 1 };
  const more = { Node: 'devnode', Address: '10.0.0.1', Service: service };
  expect(await registered(more)).toMatchObject({ status: 200 });
  const gone = await ask(agent, 'PUT /v1/catalog/deregister', { body: { Node: 'devnode' } });
  expect(gone.status).toBe(500);
  const { json } = await ask(agent, 'GET /v1/catalog/node/devnode');
  expect(json.Node).toMatchObject({ ID: id, Address: '127.0.0.1' });
  expect(Object.keys(json.Services)).toEqual(expect.arrayContaining(['cron', 'web', 'web-2']));
});

test('a check that somebody else runs is shown as they described it', async () => {
  await using agent = await startInMemoryAgent();
  const Definition = {
    HTTP: 'http://10.0.0.9/',
    interval: '90s',
    Timeout: 5_000_000_000,
    Header: { a: ['b'] },
    TLSSkipVerify: false,
    Body: '',
    Bogus: 1,
  };
  const Check = { CheckID: 'up', Name: 'up', Status: 'passing', Definition };
  const body = { Node: 'ext', Address: '10.0.0.9', Check };
  expect((await ask(agent, 'PUT /v1/catalog/register', { body })).status).toBe(200);
  const { json } = await ask(agent, 'GET /v1/health/node/ext');
  expect(json).toMatchObject([
    {
      CheckID: 'up',
      Type: 'http',
      Interval: '',
      Definition: {
        HTTP: 'http://10.0.0.9/',
        Interval: '1m30s',
        Timeout: '5s',
        Header: { a: ['b'] },
      },
    },
  ]);
  expect(Object.keys(json[0].Definition)).toHaveLength(4);
});

test.for([
  [{ Interval: 'x' }, 'Check.Definition.Interval: must be a duration such as "10s"'],
  [{ HTTP: 1 }, 'Check.Definition.HTTP: must be a text'],
  [[1], 'Check.Definition: must be an object'],
] as const)('the description %j is refused: %s', async ([Definition, text]) => {
  await using agent = await startInMemoryAgent();
  const body = { Node: 'ext', Address: '10.0.0.9', Check: { Name: 'up', Definition } };
  const answer = await ask(agent, 'PUT /v1/catalog/register', { body });
  expect([answer.status, answer.text]).toEqual([400, `Request decode failed: ${text}`]);
});

test.for([
  [
    { Passing: 0, Warning: 0 },
    { Passing: 1, Warning: 1 },
  ],
  [{ passing: 0 }, { Passing: 1, Warning: 1 }],
  [
    { Passing: 5, Warning: 0 },
    { Passing: 5, Warning: 0 },
  ],
] as const)('weights of %j, which Go clients print for none, are %j', async ([Weights, shown]) => {
  await using agent = await startInMemoryAgent();
  const body = { Node: 'ext', Address: '10.0.0.9', Service: { Service: 'api', Weights } };
  expect(await ask(agent, 'PUT /v1/catalog/register', { body })).toMatchObject({ text: 'true' });
  const { json } = await ask(agent, 'GET /v1/catalog/node/ext');
  expect(json.Services.api.Weights).toEqual(shown);
});

test.for([{ Passing: 0, Warning: 1 }, { Passing: -1, Warning: 0 }, {}])(
  'weights of %j are refused',
  async (Weights) => {
    await using agent = await startInMemoryAgent();
    const body = { Node: 'ext', Address: '10.0.0.9', Service: { Service: 'api', Weights } };
    expect(await ask(agent, 'PUT /v1/catalog/register', { body })).toMatchObject({ status: 400 });
  },
);
