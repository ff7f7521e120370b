import { totalmem } from 'node:os';
import { describe, expect, test, vi } from 'vitest';
import type { AnsweredRequest } from '../telemetry.ts';
import { ask } from '../testing/ask.ts';
import { startInMemoryAgent } from '../testing/in-memory-agent.ts';

describe('the agent as a member', () => {
  test('it is alone, where its HTTP API is, and known as the leader by its address', async () => {
    await using agent = await startInMemoryAgent();
    const { json } = await ask(agent, 'GET /v1/agent/members?segment=_all');
    const port = String(agent.port);
    expect(json).toEqual([
      expect.objectContaining({ Name: 'devnode', Addr: '127.0.0.1', Port: agent.port, Status: 1 }),
    ]);
    expect(json[0].Tags).toMatchObject({ role: 'consul', dc: 'dc1', grpc_port: '8502', port });
    expect((await ask(agent, 'GET /v1/status/leader')).json).toBe(`${json[0].Addr}:${port}`);
    const wan = await ask(agent, 'GET /v1/agent/members?wan=1');
    expect(wan.json[0].Name).toBe('devnode.dc1');
  });

  test('members are filtered; segments do not exist', async () => {
    await using agent = await startInMemoryAgent();
    const names = async (filter: string) => {
      const query = new URLSearchParams({ filter });
      return (await ask(agent, `GET /v1/agent/members?${query}`)).json.length;
    };
    expect(await names('Name == devnode and Tags.role == consul')).toBe(1);
    expect(await names('Status != 1')).toBe(0);
    expect((await ask(agent, 'GET /v1/agent/members?segment=x')).status).toBe(500);
  });

  test.for(['127.0.0.1', '127.0.0.1:8301', 'localhost', '%5B::1%5D:8301', '::1', 'devnode'])(
    'joining %s is joining itself, which it has',
    async (address) => {
      await using agent = await startInMemoryAgent();
      const joined = await ask(agent, `PUT /v1/agent/join/${address}`);
      expect(joined).toMatchObject({ status: 200, text: '' });
    },
  );

  test.for(['127.0.0.1:1', '%5B::1%5D:1', 'localhost:18301'])(
    'joining %s would be joining another agent of this machine, which is refused',
    async (address) => {
      await using agent = await startInMemoryAgent();
      const joined = await ask(agent, `PUT /v1/agent/join/${address}`);
      expect(joined).toMatchObject({ status: 501, text: expect.stringMatching(/^Failed to join/) });
    },
  );

  test('joining others is refused with the reason; nobody but itself can be made to leave', async () => {
    await using agent = await startInMemoryAgent();
    const { status, text } = await ask(agent, 'PUT /v1/agent/join/10.0.0.7');
    expect([status, text]).toEqual([
      501,
      'Failed to join "10.0.0.7": an agent is a cluster by itself here, there is no gossip to join others by',
    ]);
    expect(await ask(agent, 'PUT /v1/agent/force-leave/nope')).toMatchObject({
      status: 500,
      text: "agent: No node found with name 'nope'",
    });
    for (const name of ['devnode', 'devnode.dc1?prune']) {
      expect((await ask(agent, `PUT /v1/agent/force-leave/${name}`)).status).toBe(200);
    }
    expect(await ask(agent, 'PUT /v1/agent/token/default', { body: { Token: 'x' } })).toMatchObject(
      {
        status: 401,
        text: 'ACL support disabled',
      },
    );
  });
});

describe('what it tells of itself', () => {
  test('settings stand under the names that tools look for, and secrets are hidden', async () => {
    await using agent = await startInMemoryAgent({ settings: { DataDir: '/var/lib/x' } });
    const { json } = await ask(agent, 'GET /v1/agent/self');
    expect(json.DebugConfig).toMatchObject({
      GRPCPort: 8502,
      GRPCTLSPort: -1,
      HTTPPort: agent.port,
      ConnectEnabled: true,
      DNSPort: -1,
      EnableDebug: false,
      DataDir: '/var/lib/x',
      EncryptKey: 'hidden',
      ACLTokens: { ACLDefaultToken: 'hidden' },
    });
    expect(Object.keys(json.DebugConfig)).toEqual(Object.keys(json.DebugConfig).sort());
    expect(json.Coord).toEqual({
      Vec: Array(8).fill(0),
      Error: 1.5,
      Adjustment: 0,
      Height: 0.00001,
    });
  });

  test('its figures have the sections that scripts read, of one server that has applied all it knows', async () => {
    await using agent = await startInMemoryAgent();
    const { Stats } = (await ask(agent, 'GET /v1/agent/self')).json;
    const index = String(agent.store.view.revision);
    expect(Stats.raft).toMatchObject({ state: 'Leader', num_peers: '0', last_log_index: index });
    expect(Stats.serf_lan).toMatchObject({ members: '1', failed: '0' });
    expect(Stats.consul.leader_addr).toBe(`127.0.0.1:${agent.port}`);
    for (const section of Object.values(Stats)) {
      for (const figure of Object.values(section as object)) expect(typeof figure).toBe('string');
    }
  });

  test('the machine is told of in Consul’s shape, with real figures', async () => {
    await using agent = await startInMemoryAgent();
    const { json } = await ask(agent, 'GET /v1/agent/host');
    expect(json.Memory.total).toBe(totalmem());
    expect(json.Memory.used + json.Memory.available).toBe(totalmem());
    expect(json.CPU.length).toBeGreaterThan(0);
    expect(json.Disk.total).toBeGreaterThanOrEqual(json.Disk.used);
    expect(json.Host).toMatchObject({ os: process.platform, hostname: expect.any(String) });
    expect(json.Errors).toBeNull();
  });
});

describe('what it measures', () => {
  test('metrics are JSON, or Prometheus’ text where that is asked for', async () => {
    await using agent = await startInMemoryAgent();
    expect((await ask(agent, 'GET /v1/agent/metrics')).json).toEqual({ Gauges: [] });
    const { headers, text } = await ask(agent, 'GET /v1/agent/metrics?format=prometheus');
    expect(headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(text).toBe('consul_members_servers 1\n');
  });

  test('with Prometheus turned off the answer is empty and says why', async () => {
    const metrics = {
      json: () => ({}),
      prometheus: () => undefined,
      stream: async function* () {},
    };
    await using agent = await startInMemoryAgent({ metrics });
    const { status, headers, text } = await ask(agent, 'GET /v1/agent/metrics?format=prometheus');
    expect([status, text]).toEqual([200, '']);
    expect(headers['x-consul-reason']).toBe(
      'Prometheus is not enabled since its retention time is not positive',
    );
  });

  test('intervals are streamed, a document each', async () => {
    await using agent = await startInMemoryAgent();
    const { text } = await ask(agent, 'GET /v1/agent/metrics/stream');
    expect(text).toBe('{"Gauges":[1]}\n{"Gauges":[2]}\n');
  });

  test('each request is told of when it is over: by its route, without its query', async () => {
    const over: AnsweredRequest[] = [];
    await using agent = await startInMemoryAgent({ onAnswer: (request) => over.push(request) });
    await ask(agent, 'GET /v1/agent/service/web?token=secret');
    await ask(agent, 'GET /v1/nope');
    const ms = expect.any(Number);
    const path = '/v1/agent/service/web';
    expect(over).toEqual([
      { method: 'GET', route: '/v1/agent/service/*', path, status: 404, ms },
      { method: 'GET', route: undefined, path: '/v1/nope', status: 404, ms },
    ]);
  });

  test('a client that leaves before its answer begins is told of as well', async () => {
    const { promise, resolve } = Promise.withResolvers<AnsweredRequest>();
    await using agent = await startInMemoryAgent({ onAnswer: resolve });
    const { revision } = agent.store.view;
    const left = new AbortController();
    const path = `GET /v1/catalog/nodes?wait=1m&index=${revision}`;
    const asked = ask(agent, path, { signal: left.signal }).catch(() => undefined);
    await vi.waitFor(() => expect(agent.store.counters.waits).toBe(1));
    left.abort();
    await asked;
    expect(await promise).toMatchObject({ route: '/v1/catalog/nodes', status: undefined });
  });
});

describe('its log', () => {
  test.for([
    ['', 'first info false'],
    ['?loglevel=', 'first info false'],
    ['?loglevel=DEBUG&logjson', 'first debug true'],
    ['?loglevel=err', 'first error false'],
  ] as const)('followed with "%s" is %s', async ([query, line]) => {
    await using agent = await startInMemoryAgent();
    const { text } = await ask(agent, `GET /v1/agent/monitor${query}`);
    expect(text).toBe(`${line}\nsecond\n`);
  });

  test('a level that does not exist is named', async () => {
    await using agent = await startInMemoryAgent();
    expect(await ask(agent, 'GET /v1/agent/monitor?loglevel=warning')).toMatchObject({
      status: 400,
      text: 'Unknown log level: warning',
    });
  });
});
