import { expect, test } from 'vitest';
import { ask } from '../testing/ask.ts';
import { startInMemoryAgent } from '../testing/in-memory-agent.ts';

test('a service is taken out of service and back', async () => {
  await using agent = await startInMemoryAgent();
  await ask(agent, 'PUT /v1/agent/service/register', { body: { Name: 'db' } });
  const put = (query: string) => ask(agent, `PUT /v1/agent/service/maintenance/db?${query}`);
  const health = () => ask(agent, 'GET /v1/agent/health/service/id/db?format=text');
  expect(await put('enable=true&reason=a%20new%20disk')).toMatchObject({ status: 200, text: '' });
  const { json } = await ask(agent, 'GET /v1/agent/checks');
  expect(json['_service_maintenance:db']).toEqual({
    Node: 'devnode',
    CheckID: '_service_maintenance:db',
    Name: 'Service Maintenance Mode',
    Status: 'critical',
    Notes: 'a new disk',
    Output: '',
    ServiceID: 'db',
    ServiceName: 'db',
    ServiceTags: [],
    Type: 'maintenance',
    Interval: '',
    Timeout: '',
    ExposedPort: 0,
    Definition: {},
    CreateIndex: 0,
    ModifyIndex: 0,
  });
  expect(await health()).toMatchObject({ status: 503, text: 'maintenance' });
  expect((await ask(agent, 'GET /v1/health/service/db?passing')).json).toEqual([]);
  await put('enable=F');
  await put('enable=0');
  expect(await health()).toMatchObject({ status: 200, text: 'passing' });
  expect(agent.lines.map((line) => line.split(' {')[0])).toEqual([
    'info Service entered maintenance mode',
    'info Service left maintenance mode',
  ]);
});

test('a node takes all its services with it', async () => {
  await using agent = await startInMemoryAgent();
  await ask(agent, 'PUT /v1/agent/service/register', { body: { Name: 'db' } });
  await ask(agent, 'PUT /v1/agent/maintenance?enable=1');
  const { status, headers, json } = await ask(agent, 'GET /v1/agent/health/service/name/db');
  expect([status, headers['x-consul-reason']]).toEqual([503, 'maintenance']);
  expect(json[0]).toMatchObject({
    AggregatedStatus: 'maintenance',
    Checks: [
      { CheckID: '_node_maintenance', Name: 'Node Maintenance Mode', ServiceTags: null },
      {},
    ],
  });
  await ask(agent, 'PUT /v1/agent/maintenance?enable=false');
  expect((await ask(agent, 'GET /v1/agent/health/service/name/db')).status).toBe(200);
});

test.for([
  ['service/maintenance/db', 400, 'Missing value for enable'],
  ['service/maintenance/db?enable=', 400, 'Invalid value for enable: ""'],
  ['service/maintenance/db?enable=maybe', 400, 'Invalid value for enable: "maybe"'],
  ['service/maintenance/?enable=true', 400, 'Missing service ID'],
  [
    'service/maintenance/db?enable=true',
    404,
    'Unknown service ID "db". Ensure that the service ID is passed, not the service name.',
  ],
  ['maintenance', 400, 'Missing value for enable'],
  ['maintenance?enable=no', 400, 'Invalid value for enable: "no"'],
] as const)('%s is answered with %i: %s', async ([path, status, text]) => {
  await using agent = await startInMemoryAgent();
  expect(await ask(agent, `PUT /v1/agent/${path}`)).toMatchObject({ status, text });
});
