import { expect, test } from 'vitest';
import { ask } from '../testing/ask.ts';
import { startInMemoryAgent } from '../testing/in-memory-agent.ts';

const id = '9598e0cc-6ef4-89a6-07c1-ae0a775cb23d';

test('what is in the catalog is counted, and a new instance wakes who waits for the numbers', async () => {
  await using agent = await startInMemoryAgent();
  const before = await ask(agent, 'GET /v1/operator/usage');
  expect(before.json.Usage.dc1).toMatchObject({ Nodes: 1, Services: 0, ServiceInstances: 0 });
  expect(before.headers['x-consul-effective-consistency']).toBe('leader');
  const index = before.headers['x-consul-index'];
  const woken = ask(agent, `GET /v1/operator/usage?wait=20s&index=${index}`);
  const body = { Name: 'web', Port: 80, Connect: { SidecarService: {} } };
  await ask(agent, 'PUT /v1/agent/service/register', { body });
  const { json, headers } = await woken;
  expect(json).toEqual({
    Usage: {
      dc1: {
        Services: 2,
        ServiceInstances: 2,
        ConnectServiceInstances: {
          'api-gateway': 0,
          'connect-native': 0,
          'connect-proxy': 1,
          'ingress-gateway': 0,
          'mesh-gateway': 0,
          'terminating-gateway': 0,
        },
        BillableServiceInstances: 1,
        Nodes: 1,
      },
    },
    Index: Number(headers['x-consul-index']),
    LastContact: 0,
    KnownLeader: true,
    ConsistencyLevel: 'leader',
    NotModified: false,
    Backend: 0,
    ResultsFilteredByACLs: false,
  });
});

test('there is one server, which leads, votes and is well', async () => {
  await using agent = await startInMemoryAgent();
  const Address = `127.0.0.1:${agent.port}`;
  const raft = await ask(agent, 'GET /v1/operator/raft/configuration');
  const LastIndex = agent.store.view.revision;
  expect(raft.json).toEqual({
    Servers: [
      {
        ID: id,
        Node: 'devnode',
        Address,
        Leader: true,
        ProtocolVersion: '3',
        Voter: true,
        LastIndex,
      },
    ],
    Index: 0,
  });
  expect((await ask(agent, 'GET /v1/status/leader')).json).toBe(Address);
  const health = await ask(agent, 'GET /v1/operator/autopilot/health');
  expect(health.json).toMatchObject({
    Healthy: true,
    FailureTolerance: 0,
    Servers: [{ Name: 'devnode', SerfStatus: 'alive', StableSince: '2026-11-23T15:23:03.000Z' }],
  });
  const state = await ask(agent, 'GET /v1/operator/autopilot/state');
  expect(state.json).toMatchObject({ Leader: id, Voters: [id], Servers: { [id]: { Address } } });
});

test('the settings of who would watch over servers are shown, and cannot be changed', async () => {
  await using agent = await startInMemoryAgent();
  const { json } = await ask(agent, 'GET /v1/operator/autopilot/configuration');
  expect(json).toMatchObject({ CleanupDeadServers: false, MinQuorum: 0 });
  const path = 'PUT /v1/operator/autopilot/configuration';
  expect((await ask(agent, path, { body: json })).status).toBe(501);
});
