import { expect, test } from 'vitest';
import { ask } from '../testing/ask.ts';
import { startInMemoryAgent } from '../testing/in-memory-agent.ts';

test('checks beside the health of a service say nothing of how they are run, at length, as in Consul', async () => {
  await using agent = await startInMemoryAgent();
  const body = { Name: 'db', Tags: ['v1'], Check: { TTL: '10s' } };
  await ask(agent, 'PUT /v1/agent/service/register', { body });
  const { json } = await ask(agent, 'GET /v1/agent/health/service/id/db');
  expect(json.Checks.at(-1)).toEqual({
    Node: 'devnode',
    CheckID: 'service:db',
    Name: "Service 'db' check",
    Status: 'critical',
    Notes: '',
    Output: '',
    ServiceID: 'db',
    ServiceName: 'db',
    ServiceTags: ['v1'],
    Type: '',
    ExposedPort: 0,
    Definition: {
      Interval: '0s',
      Timeout: '0s',
      DeregisterCriticalServiceAfter: '0s',
      HTTP: '',
      Header: null,
      Method: '',
      Body: '',
      TLSServerName: '',
      TLSSkipVerify: false,
      TCP: '',
      TCPUseTLS: false,
      UDP: '',
      GRPC: '',
      OSService: '',
      GRPCUseTLS: false,
    },
    CreateIndex: 0,
    ModifyIndex: 0,
  });
});

test.for([
  ['id/nope?format=text', 404, 'ServiceId nope not found'],
  ['name/nope?format=text', 404, 'ServiceName nope Not Found'],
  ['id/', 500, 'Missing serviceID'],
  ['name/', 500, 'Missing service Name'],
] as const)('%s is answered with %i: %s', async ([path, status, text]) => {
  await using agent = await startInMemoryAgent();
  expect(await ask(agent, `GET /v1/agent/health/service/${path}`)).toMatchObject({ status, text });
});
