import { expect, test } from 'vitest';
import { ask } from '../testing/ask.ts';
import { startInMemoryAgent } from '../testing/in-memory-agent.ts';

// What Consul answers is held by recorded exchanges; this is what goes beyond them.

const chain = '/v1/discovery-chain/web';

test('a chain that other entries have a say in is not made up', async () => {
  await using agent = await startInMemoryAgent();
  const resolver = { Kind: 'service-resolver', Name: 'web', ConnectTimeout: '3s' };
  await ask(agent, 'PUT /v1/config', { body: resolver });
  for (const line of [`GET ${chain}`, `POST ${chain}`]) {
    expect(await ask(agent, line, { body: {} })).toMatchObject({
      status: 501,
      text: 'The service-resolver entry of "web" cannot be compiled to a chain yet',
    });
  }
});

test.for(['GET', 'POST'])('%s waits for another protocol of the service', async (method) => {
  await using agent = await startInMemoryAgent();
  const asked = { body: {} };
  const first = await ask(agent, `${method} ${chain}`, asked);
  const index = first.headers['x-consul-index'];
  const waiting = ask(agent, `${method} ${chain}?index=${index}`, asked);
  const body = { Kind: 'service-defaults', Name: 'web', Protocol: 'http' };
  await ask(agent, 'PUT /v1/config', { body });
  const { json, headers } = await waiting;
  expect(json.Chain.Protocol).toBe('http');
  expect(Number(headers['x-consul-index'])).toBeGreaterThan(Number(index));
});

test('the same overrides give the same hash, others another', async () => {
  await using agent = await startInMemoryAgent();
  const hashOf = async (body: object) =>
    (await ask(agent, `POST ${chain}`, { body })).json.Chain.CustomizationHash;
  const http = await hashOf({ OverrideProtocol: 'http' });
  expect(http).toMatch(/^[0-9a-f]{8}$/);
  expect(await hashOf({ OverrideProtocol: 'http' })).toBe(http);
  expect(await hashOf({ OverrideProtocol: 'grpc' })).not.toBe(http);
});

test.for([
  [[], 'expected a block of overrides'],
  [null, 'expected a block of overrides'],
  [{ OverridProtocol: 'http' }, 'json: unknown field "OverridProtocol"'],
  [{ OverrideProtocol: 5 }, 'OverrideProtocol: expected a text'],
  [{ OverrideConnectTimeout: 'soon' }, 'OverrideConnectTimeout: expected a duration such as "5s"'],
  [{ OverrideConnectTimeout: 1e300 }, 'OverrideConnectTimeout: expected a duration such as "5s"'],
  [{ OverrideMeshGateway: 'local' }, 'OverrideMeshGateway: expected a block with a mode'],
] as const)('the overrides %j are refused: %s', async ([body, mistake]) => {
  await using agent = await startInMemoryAgent();
  expect(await ask(agent, `POST ${chain}`, { body })).toMatchObject({
    status: 400,
    text: `Request decoding failed: ${mistake}`,
  });
});
