import { expect, test } from 'vitest';
import { ask } from '../testing/ask.ts';
import { type InMemoryAgent, startInMemoryAgent } from '../testing/in-memory-agent.ts';

interface Intention {
  readonly source: string;
  readonly destination: string;
  readonly body: object;
}

async function register(agent: InMemoryAgent, ...bodies: readonly object[]): Promise<void> {
  for (const body of bodies) {
    const { status } = await ask(agent, 'PUT /v1/agent/service/register', { body });
    expect(status).toBe(200);
  }
}

async function intend(agent: InMemoryAgent, { source, destination, body }: Intention) {
  const path = `/v1/connect/intentions/exact?source=${source}&destination=${destination}`;
  expect((await ask(agent, `PUT ${path}`, { body })).status).toBe(200);
}

const sidecar = { SidecarService: {} };
const db = { Name: 'db', Port: 5432, Connect: sidecar };
const upstreams = [{ DestinationName: 'db', LocalBindPort: 9191 }];
const web = {
  Name: 'web',
  Port: 8080,
  Tags: ['v1', 'a'],
  Meta: { 'external-source': 'nomad' },
  Check: { TTL: '10s', Status: 'passing' },
  Connect: { SidecarService: { Proxy: { Upstreams: upstreams } } },
};
const native = { Name: 'native', Port: 81, Connect: { Native: true } };
const lonely = { Name: 'lonely', Port: 82 };
const orphan = {
  Name: 'gone-proxy',
  Kind: 'connect-proxy',
  Port: 1234,
  Proxy: { DestinationServiceName: 'gone' },
};

test('a service is summed up with its proxies, and a name that only a proxy speaks of is listed', async () => {
  await using agent = await startInMemoryAgent();
  await register(agent, web, { ...web, ID: 'web2', Tags: ['v2'] }, orphan);
  const { json, headers } = await ask(agent, 'GET /v1/internal/ui/services');
  expect(Number(headers['x-consul-index'])).toBeGreaterThan(1);
  const names = json.map(({ Name }: { Name: string }) => Name);
  expect(names).toEqual(['gone', 'gone-proxy', 'web', 'web-sidecar-proxy']);
  const [gone, , summed, proxy] = json;
  expect(gone).toMatchObject({ InstanceCount: 0, Datacenter: '', ConnectedWithProxy: true });
  expect(summed).toEqual({
    Name: 'web',
    Datacenter: 'dc1',
    Tags: ['a', 'v1', 'v2'],
    Nodes: ['devnode'],
    ExternalSources: ['nomad'],
    InstanceCount: 2,
    // Each check once: of the node, of both instances, and two of either sidecar.
    ChecksPassing: 5,
    ChecksWarning: 0,
    ChecksCritical: 2,
    GatewayConfig: {},
    TransparentProxy: false,
    ConnectNative: false,
    ConnectedWithProxy: true,
    ConnectedWithGateway: false,
  });
  expect(proxy).toMatchObject({ Kind: 'connect-proxy', ConnectedWithProxy: false });
});

test('a filter picks instances, and what is left is summed up', async () => {
  await using agent = await startInMemoryAgent();
  await register(agent, web, db, lonely);
  const names = async (filter: string) => {
    const query = new URLSearchParams({ filter });
    const { json } = await ask(agent, `GET /v1/internal/ui/services?${query}`);
    return json.map(({ Name }: { Name: string }) => Name);
  };
  expect(await names('Service.Service == lonely')).toEqual(['lonely']);
  expect(await names('Service.Kind == `connect-proxy`')).toEqual([
    'db',
    'db-sidecar-proxy',
    'web',
    'web-sidecar-proxy',
  ]);
  expect(await names('"a" in Service.Tags and Checks.Status == passing')).toContain('web');
});

test('nodes are shown with all that is on them, one by one or in a list', async () => {
  await using agent = await startInMemoryAgent();
  await register(agent, web);
  const body = { Node: 'ext', Address: '10.0.0.9', Service: { Service: 'ext', Port: 80 } };
  await ask(agent, 'PUT /v1/catalog/register', { body });
  const { json } = await ask(agent, 'GET /v1/internal/ui/nodes');
  const [own, other] = json;
  expect(own.Services.map(({ ID }: { ID: string }) => ID)).toEqual(['web', 'web-sidecar-proxy']);
  expect(own.Checks.length).toBe(4);
  expect(other).toMatchObject({ Node: 'ext', Services: [{ Service: 'ext' }], Checks: [] });
  expect((await ask(agent, 'GET /v1/internal/ui/node/ext')).json).toEqual(other);
  expect(await ask(agent, 'GET /v1/internal/ui/node/nope')).toMatchObject({
    status: 404,
    text: '',
  });
  expect((await ask(agent, 'GET /v1/internal/ui/node/')).status).toBe(400);
});

test('the overview counts nodes, services and checks by how they are', async () => {
  await using agent = await startInMemoryAgent();
  await register(agent, web, lonely);
  const { json } = await ask(agent, 'GET /v1/internal/ui/catalog-overview');
  expect(json.Nodes).toEqual([{ Total: 1, Passing: 1, Warning: 0, Critical: 0 }]);
  expect(json.Services).toEqual([
    { Name: 'lonely', Total: 1, Passing: 1, Warning: 0, Critical: 0 },
    { Name: 'web', Total: 1, Passing: 1, Warning: 0, Critical: 0 },
    { Name: 'web-sidecar-proxy', Total: 1, Passing: 0, Warning: 0, Critical: 1 },
  ]);
  expect(json.Checks).toContainEqual({
    Name: 'Connect Sidecar Listening',
    Total: 1,
    Passing: 0,
    Warning: 0,
    Critical: 1,
  });
});

interface Neighbour {
  readonly Name: string;
  readonly Source: string;
  readonly Intention: { readonly Allowed: boolean; readonly HasExact: boolean };
}

async function neighbours(agent: InMemoryAgent, name: string) {
  const { json } = await ask(agent, `GET /v1/internal/ui/service-topology/${name}?kind=`);
  const line = ({ Name, Source, Intention: { Allowed, HasExact } }: Neighbour) =>
    `${Name} ${Source} ${Allowed ? 'allowed' : 'denied'}${HasExact ? ' exact' : ''}`;
  return { up: json.Upstreams.map(line), down: json.Downstreams.map(line) };
}

test('a registered upstream is a neighbour, whatever intentions say', async () => {
  await using agent = await startInMemoryAgent();
  await register(agent, db, web, lonely);
  expect(await neighbours(agent, 'web')).toEqual({
    up: ['db proxy-registration allowed'],
    down: [],
  });
  await intend(agent, { source: 'web', destination: 'db', body: { Action: 'deny' } });
  expect(await neighbours(agent, 'db')).toEqual({
    up: [],
    down: ['web proxy-registration denied exact'],
  });
});

test('who dials without an upstream is a neighbour of all that intentions let it reach', async () => {
  await using agent = await startInMemoryAgent();
  await register(agent, db, native, lonely);
  await intend(agent, { source: 'native', destination: 'db', body: { Action: 'allow' } });
  await intend(agent, { source: '*', destination: 'lonely', body: { Action: 'deny' } });
  expect(await neighbours(agent, 'native')).toEqual({
    up: ['db specific-intention allowed exact'],
    down: [],
  });
  expect((await neighbours(agent, 'lonely')).down).toEqual([]);
  await intend(agent, { source: '*', destination: 'lonely', body: { Action: 'allow' } });
  expect((await neighbours(agent, 'lonely')).down).toEqual(['native default-allow allowed']);
});

test('where nothing is allowed by default, a wildcard is what makes a neighbour', async () => {
  await using agent = await startInMemoryAgent({ defaultPolicy: 'deny' });
  await register(agent, db, native);
  expect((await neighbours(agent, 'native')).up).toEqual([]);
  await intend(agent, { source: '*', destination: 'db', body: { Action: 'allow' } });
  expect((await neighbours(agent, 'native')).up).toEqual(['db wildcard-intention allowed']);
});

test('a service is shown with what it speaks, and who made its intentions', async () => {
  await using agent = await startInMemoryAgent();
  await register(agent, db, web);
  await ask(agent, 'PUT /v1/config', {
    body: { Kind: 'service-defaults', Name: 'db', Protocol: 'http' },
  });
  await ask(agent, 'PUT /v1/config', {
    body: {
      Kind: 'service-intentions',
      Name: 'db',
      Meta: { 'external-source': 'kubernetes' },
      Sources: [{ Name: 'web', Permissions: [{ Action: 'allow', HTTP: { PathPrefix: '/v1' } }] }],
    },
  });
  const { json } = await ask(agent, 'GET /v1/internal/ui/service-topology/db?kind=');
  expect(json).toMatchObject({
    Protocol: 'http',
    TransparentProxy: false,
    FilteredByACLs: false,
    Downstreams: [
      {
        Name: 'web',
        Intention: {
          Allowed: false,
          HasPermissions: true,
          ExternalSource: 'kubernetes',
          HasExact: true,
          DefaultAllow: true,
        },
      },
    ],
  });
});

test.for([
  ['web', 'Missing service kind'],
  ['?kind=', 'Missing service name'],
  ['web?kind=mesh-gateway', 'Unsupported service kind "mesh-gateway"'],
] as const)('the topology of %s is refused: %s', async ([path, text]) => {
  await using agent = await startInMemoryAgent();
  const asked = await ask(agent, `GET /v1/internal/ui/service-topology/${path}`);
  expect(asked).toMatchObject({ status: 400, text });
});
