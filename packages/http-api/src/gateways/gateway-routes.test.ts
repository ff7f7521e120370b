import { expect, test } from 'vitest';
import { ask } from '../testing/ask.ts';
import { type InMemoryAgent, startInMemoryAgent } from '../testing/in-memory-agent.ts';

// What Consul answers is held by recorded exchanges; this is what goes beyond them.

async function register(agent: InMemoryAgent, body: object): Promise<void> {
  expect((await ask(agent, 'PUT /v1/agent/service/register', { body })).status).toBe(200);
}

async function write(agent: InMemoryAgent, body: object): Promise<void> {
  expect((await ask(agent, 'PUT /v1/config', { body })).text).toBe('true');
}

const gateway = {
  Kind: 'ingress-gateway',
  Name: 'ig',
  Listeners: [{ Port: 8080, Protocol: 'tcp', Services: [{ Name: 'api' }] }],
};

test('the ingress gateways of a service are found by their names, whatever they are registered as', async () => {
  await using agent = await startInMemoryAgent();
  await register(agent, { Name: 'api', Port: 80 });
  await register(agent, { Name: 'ig', Port: 8443 });
  expect((await ask(agent, 'GET /v1/health/ingress/api')).json).toEqual([]);
  await write(agent, gateway);
  const { json } = await ask(agent, 'GET /v1/health/ingress/api?passing');
  expect(json.map((found: { Service: { ID: string } }) => found.Service.ID)).toEqual(['ig']);
  expect((await ask(agent, 'GET /v1/health/ingress/other')).json).toEqual([]);
});

test('who watches a gateway is woken when a service joins its wildcard', async () => {
  await using agent = await startInMemoryAgent();
  await write(agent, {
    Kind: 'terminating-gateway',
    Name: 'tg',
    Services: [{ Name: '*', SNI: 'all' }, { Name: 'db' }],
  });
  const path = 'GET /v1/catalog/gateway-services/tg';
  const first = await ask(agent, path);
  const namesIn = (json: { Service: { Name: string }; FromWildcard?: boolean }[]) =>
    json.map(({ Service, FromWildcard = false }) => [Service.Name, FromWildcard]);
  expect(namesIn(first.json)).toEqual([['db', false]]);
  const waiting = ask(agent, `${path}?index=${first.headers['x-consul-index']}`);
  await register(agent, { Name: 'web', Port: 80, Connect: { SidecarService: {} } });
  expect(namesIn((await waiting).json)).toEqual([
    ['db', false],
    ['web', true],
  ]);
});
