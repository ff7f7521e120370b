import { describe, expect, test } from 'vitest';
import { ask } from '../testing/ask.ts';
import { type InMemoryAgent, startInMemoryAgent } from '../testing/in-memory-agent.ts';

function register(agent: InMemoryAgent, body: unknown, query = '') {
  return ask(agent, `PUT /v1/agent/service/register${query}`, { body });
}

const web = {
  Name: 'web',
  Port: 8080,
  Connect: {
    SidecarService: { Proxy: { Upstreams: [{ DestinationName: 'db', LocalBindPort: 9191 }] } },
  },
};

describe('registering', () => {
  test('a service with a sidecar is shown as Consul shows it', async () => {
    await using agent = await startInMemoryAgent();
    expect(await register(agent, web)).toMatchObject({ status: 200, text: '' });
    const { json } = await ask(agent, 'GET /v1/agent/services');
    expect(json).toEqual({
      web: {
        ID: 'web',
        Service: 'web',
        Tags: [],
        Meta: {},
        Port: 8080,
        Address: '',
        Weights: { Passing: 1, Warning: 1 },
        EnableTagOverride: false,
        Datacenter: 'dc1',
      },
      'web-sidecar-proxy': {
        Kind: 'connect-proxy',
        ID: 'web-sidecar-proxy',
        Service: 'web-sidecar-proxy',
        Tags: [],
        Meta: {},
        Port: 21000,
        Address: '',
        Weights: { Passing: 1, Warning: 1 },
        EnableTagOverride: false,
        Proxy: {
          DestinationServiceName: 'web',
          DestinationServiceID: 'web',
          LocalServiceAddress: '127.0.0.1',
          LocalServicePort: 8080,
          Upstreams: [
            {
              DestinationType: 'service',
              DestinationName: 'db',
              LocalBindPort: 9191,
              MeshGateway: {},
            },
          ],
          MeshGateway: {},
          Expose: {},
        },
        Datacenter: 'dc1',
      },
    });
  });

  test.for([
    [{ Name: '' }, 'Missing service name'],
    [{}, 'Missing service name'],
    [{ Nme: 'web' }, 'Request decode failed: json: unknown field "Nme" (did you mean "Name"?)'],
    [
      { Name: 'x y' },
      'Request decode failed: Name: "x y" cannot be used here: use letters, digits, "-", "_" and ".", first a letter or digit, at most 128 in all',
    ],
    [
      { Name: 'x', Kind: 'connect-proxy', Port: 1 },
      'Request decode failed: DestinationServiceName is missing: say which service it fronts',
    ],
    [{ Name: 'x', Bogus: 1 }, 'Request decode failed: json: unknown field "Bogus"'],
    [
      { Name: 'x', Connect: { SidecarService: { Prot: 1 } } },
      'Request decode failed: json: unknown field "Prot" (Connect.SidecarService.Prot: did you mean "Port"?)',
    ],
  ] as const)('%j is refused: %s', async ([body, text]) => {
    await using agent = await startInMemoryAgent();
    expect(await register(agent, body)).toMatchObject({ status: 400, text });
    expect((await ask(agent, 'GET /v1/agent/services')).json).toEqual({});
  });

  test('every mistake of a body is told at once, each by its path', async () => {
    await using agent = await startInMemoryAgent();
    const { status, text } = await register(agent, { Name: 7, Port: 'x', Tags: [1] });
    expect(status).toBe(400);
    for (const path of ['Name', 'Port', 'Tags[0]']) expect(text).toContain(`${path}: `);
  });

  test('a mistake in custom configuration is refused with its path', async () => {
    await using agent = await startInMemoryAgent({
      checkCustomConfig: async ({ sidecar }) =>
        sidecar === undefined ? [] : [{ path: ['proxy', 'config'], message: 'no such cluster' }],
    });
    const { status, text } = await register(agent, web);
    expect([status, text]).toEqual([400, 'Invalid service: proxy.config: no such cluster']);
  });

  test('a sidecar for which no port is left is refused with the range', async () => {
    await using agent = await startInMemoryAgent({ sidecarPorts: { min: 21000, max: 21000 } });
    expect((await register(agent, web)).status).toBe(200);
    const { status, text } = await register(agent, { ...web, Name: 'web2' });
    expect(status).toBe(400);
    expect(text).toBe(
      'Invalid SidecarService: no port provided for sidecar_service and none left in the configured range [21000, 21000]',
    );
  });

  test('an ID may hold a slash, in a path written out or escaped', async () => {
    await using agent = await startInMemoryAgent();
    const check = { CheckID: 'mem/used', TTL: '10s' };
    await register(agent, { Name: 'db', Check: check });
    expect((await ask(agent, 'PUT /v1/agent/check/pass/mem/used')).status).toBe(200);
    expect((await ask(agent, 'PUT /v1/agent/check/deregister/mem%2Fused')).status).toBe(200);
  });

  test('deregistering takes the sidecar along; what is not there is named', async () => {
    await using agent = await startInMemoryAgent();
    await register(agent, web);
    await ask(agent, 'PUT /v1/agent/service/deregister/web');
    expect((await ask(agent, 'GET /v1/agent/services')).json).toEqual({});
    expect(await ask(agent, 'PUT /v1/agent/service/deregister/web')).toMatchObject({
      status: 404,
      text: 'Unknown service ID "web". Ensure that the service ID is passed, not the service name.',
    });
  });

  test('checks that a registration does not name go only when that is asked for', async () => {
    await using agent = await startInMemoryAgent();
    const checkIds = async () => Object.keys((await ask(agent, 'GET /v1/agent/checks')).json);
    await register(agent, { Name: 'db', Check: { CheckID: 'old', TTL: '10s' } });
    await register(agent, { Name: 'db' });
    expect(await checkIds()).toContain('old');
    await register(agent, { Name: 'db' }, '?replace-existing-checks');
    expect(await checkIds()).not.toContain('old');
  });
});

describe('checks', () => {
  test('a TTL check is reported from outside, with a note', async () => {
    await using agent = await startInMemoryAgent();
    await register(agent, { Name: 'db', Check: { TTL: '10s' } });
    const state = async () => {
      const { Status, Output } = (await ask(agent, 'GET /v1/agent/checks')).json['service:db'];
      return [Status, Output];
    };
    expect(await state()).toEqual(['critical', '']);
    await ask(agent, 'PUT /v1/agent/check/pass/service:db?note=fine');
    expect(await state()).toEqual(['passing', 'fine']);
    await ask(agent, 'PUT /v1/agent/check/warn/service:db');
    expect(await state()).toEqual(['warning', '']);
    const body = { Status: 'critical', Output: 'gone' };
    await ask(agent, 'PUT /v1/agent/check/update/service:db', { body });
    expect(await state()).toEqual(['critical', 'gone']);
  });

  test.for([
    [
      'pass/nope',
      undefined,
      404,
      'Unknown check ID "nope". Ensure that the check ID is passed, not the check name.',
    ],
    ['pass/tcp', undefined, 500, 'CheckID "tcp" does not have associated TTL'],
    ['update/ttl', { Status: 'bad' }, 400, "Invalid check status: 'bad'"],
    [
      'register',
      { Name: 'x', TTL: '1s', ServiceID: 'nope' },
      404,
      'ServiceID "nope" does not exist',
    ],
    [
      'deregister/nope',
      undefined,
      404,
      'Unknown check ID "nope". Ensure that the check ID is passed, not the check name.',
    ],
  ] as const)('%s with %j is refused with %i: %s', async ([verb, body, status, text]) => {
    await using agent = await startInMemoryAgent();
    const checks = [
      { CheckID: 'ttl', TTL: '10s' },
      { CheckID: 'tcp', TCP: '127.0.0.1:1', Interval: '10s' },
    ];
    await register(agent, { Name: 'db', Checks: checks });
    expect(await ask(agent, `PUT /v1/agent/check/${verb}`, { body })).toMatchObject({
      status,
      text,
    });
  });

  test('a check of the node comes and goes', async () => {
    await using agent = await startInMemoryAgent();
    await ask(agent, 'PUT /v1/agent/check/register', { body: { Name: 'mem', TTL: '10s' } });
    expect((await ask(agent, 'GET /v1/agent/checks')).json.mem).toMatchObject({
      Type: 'ttl',
      ServiceID: '',
    });
    await ask(agent, 'PUT /v1/agent/check/deregister/mem');
    expect((await ask(agent, 'GET /v1/agent/checks')).json.mem).toBeUndefined();
  });

  test('health is a status code: the worst of node and service', async () => {
    await using agent = await startInMemoryAgent();
    await register(agent, { Name: 'db', Check: { TTL: '10s' } });
    const code = async (path: string) => {
      const { status, headers } = await ask(agent, `GET /v1/agent/health/service/${path}`);
      return [status, headers['x-consul-reason']];
    };
    expect(await code('id/db')).toEqual([503, 'critical']);
    await ask(agent, 'PUT /v1/agent/check/warn/service:db');
    expect(await code('name/db')).toEqual([429, 'warning']);
    await ask(agent, 'PUT /v1/agent/check/pass/service:db');
    expect(await code('id/db?format=text')).toEqual([200, 'passing']);
    expect(await code('id/nope')).toEqual([404, 'ServiceId nope not found']);
    expect(await code('name/nope')).toEqual([404, 'ServiceName nope Not Found']);
    await ask(agent, 'PUT /v1/agent/check/register', { body: { Name: 'mem', TTL: '10s' } });
    expect(await code('id/db')).toEqual([503, 'critical']);
  });
});

describe('the agent itself', () => {
  test('it tells clients where xDS is, and that there is none over TLS', async () => {
    await using agent = await startInMemoryAgent();
    const { json } = await ask(agent, 'GET /v1/agent/self');
    expect(json.xDS).toMatchObject({ Port: 8502, Ports: { Plaintext: 8502, TLS: -1 } });
    expect(json.Config).toMatchObject({
      Datacenter: 'dc1',
      NodeName: 'devnode',
      Version: '1.20.1+chancery.0.1.0',
    });
    expect(json.Stats.agent).toEqual({
      check_monitors: '0',
      check_ttls: '0',
      checks: '1',
      services: '0',
    });
    expect(json.Stats.xds).toEqual({ streams: '2' });
    expect((await ask(agent, 'GET /v1/status/leader')).json).toBe(`127.0.0.1:${agent.port}`);
  });

  test('reload says why it failed; leave is answered before the agent stops', async () => {
    await using agent = await startInMemoryAgent();
    expect((await ask(agent, 'PUT /v1/agent/reload')).status).toBe(200);
    expect((await ask(agent, 'PUT /v1/agent/leave')).status).toBe(200);
    expect(agent.calls).toEqual(['reload', 'leave']);
    await using broken = await startInMemoryAgent({
      reload: async () => ({ ok: false, message: 'a.hcl:1:1: unknown key "x"' }),
    });
    expect(await ask(broken, 'PUT /v1/agent/reload')).toMatchObject({
      status: 500,
      text: 'a.hcl:1:1: unknown key "x"',
    });
  });
});
