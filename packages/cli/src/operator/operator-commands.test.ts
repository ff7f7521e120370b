import { expect, test } from 'vitest';
import { chancery, startStubAgent } from '../testing/stub-agent.ts';

const server = {
  ID: 'id-1',
  Node: 'a',
  Address: '127.0.0.1:8300',
  Leader: true,
  ProtocolVersion: '3',
  Voter: true,
  LastIndex: 10,
};

test('servers are a table that says who leads and who is behind', async () => {
  await using agent = await startStubAgent({
    'GET /v1/operator/raft/configuration': {
      Servers: [server, { ...server, Node: 'b', ID: 'id-2', Leader: false, LastIndex: 9 }],
    },
  });
  expect((await chancery('operator raft list-peers', agent)).out.split('\n')).toEqual([
    'Node  ID    Address         State     Voter  RaftProtocol  Commit Index  Trails Leader By',
    'a     id-1  127.0.0.1:8300  leader    true   3             10            -',
    'b     id-2  127.0.0.1:8300  follower  true   3             9             1 commit',
  ]);
  const { out } = await chancery('operator raft list-peers -format json', agent);
  expect(JSON.parse(out)[0]).toEqual(server);
});

const usage = (services: number) => ({
  Nodes: 1,
  Services: services,
  ServiceInstances: services,
  ConnectServiceInstances: { 'mesh-gateway': 0, 'connect-proxy': 2 },
  BillableServiceInstances: services - 1,
});
const answers = {
  'GET /v1/operator/usage': { Usage: { dc1: usage(5) } },
  'GET /v1/operator/usage?global=': { Usage: { dc2: usage(3), dc1: usage(5) } },
};

test('what a datacenter holds is printed as Consul does', async () => {
  await using agent = await startStubAgent(answers);
  const { out } = await chancery('operator usage instances', agent);
  expect(out).toBe(`Billable Service Instances Total: 4
dc1 Billable Service Instances: 4

Billable Services
Services      Service instances
5             4


Nodes
Datacenter      Count            
dc1             1
                
Total           1


Connect Services
Type               Service instances
connect-proxy      2
mesh-gateway       0`);
});

test('all datacenters are rows of their own, with a total', async () => {
  await using agent = await startStubAgent(answers);
  const { out } = await chancery('operator usage instances -all-datacenters', agent);
  expect(out).toContain(`Datacenter      Services      Service instances
dc1             5             4
dc2             3             2
                              
Total           8             6`);
  expect(out.endsWith('Total                              4')).toBe(true);
});

test('each half may be had by itself, and all of it as JSON', async () => {
  await using agent = await startStubAgent(answers);
  const whole = (await chancery('operator usage instances', agent)).out;
  const billable = (await chancery('operator usage instances -billable', agent)).out;
  const connect = (await chancery('operator usage instances -connect', agent)).out;
  expect(`${billable}\n${connect}`).toBe(whole);
  const json = await chancery('operator usage instances -format json', agent);
  expect(JSON.parse(json.out)).toEqual({ dc1: usage(5) });
  expect(await chancery('operator usage instances -billable -connect')).toMatchObject({
    code: 1,
    err: 'Cannot specify both -billable and -connect flags',
  });
});

test('connections to other clusters are a table by name', async () => {
  await using none = await startStubAgent({ 'GET /v1/peerings': [] });
  expect((await chancery('peering list', none)).out).toBe('There are no peering connections.');
  expect((await chancery('peering list -format json', none)).out).toBe('[]');
  await using agent = await startStubAgent({
    'GET /v1/peerings': [
      { Name: 'west', State: 'ACTIVE', StreamStatus: { ImportedServices: ['a', 'b'] } },
      { Name: 'east', State: 'PENDING', Meta: { k: 'v' } },
    ],
  });
  expect((await chancery('peering list', agent)).out.split('\n')).toEqual([
    'Name  State    Imported Svcs  Exported Svcs  Meta',
    'east  PENDING  0              0              k=v',
    'west  ACTIVE   2              0              ',
  ]);
});
