import { expect, test } from 'vitest';
import { ask } from '../testing/ask.ts';
import { startInMemoryAgent } from '../testing/in-memory-agent.ts';

const ClientCertURI =
  'spiffe://11111111-2222-3333-4444-555555555555.consul/ns/default/dc/dc1/svc/web';
const line = 'POST /v1/agent/connect/authorize';

/** In the words of Consul 1.20.1. */
test.for([
  [[{ Name: 'web', Action: 'allow' }], true, 'L4', 'Action: ALLOW'],
  [
    [{ Name: 'web', Permissions: [{ Action: 'allow', HTTP: { PathPrefix: '/' } }] }],
    false,
    'L7',
    'Permissions: 1',
  ],
] as const)('with the sources %j a service is told %s', async ([Sources, allowed, layer, what]) => {
  await using agent = await startInMemoryAgent();
  const defaults = { Kind: 'service-defaults', Name: 'api', Protocol: 'http' };
  await ask(agent, 'PUT /v1/config', { body: defaults });
  const entry = { Kind: 'service-intentions', Name: 'api', Sources };
  await ask(agent, 'PUT /v1/config', { body: entry });
  const { json } = await ask(agent, line, { body: { Target: 'api', ClientCertURI } });
  expect(json).toEqual({
    Authorized: allowed,
    Reason: `Matched ${layer} intention: default/web => default/api (Precedence: 9, ${what})`,
  });
});

test.for([
  [{ ClientCertURI }, 'Target service must be specified'],
  [null, 'Target service must be specified'],
  [{ Target: 'api' }, 'ClientCertURI not a valid Connect identifier'],
  [
    { Target: 'api', ClientCertURI, Bogus: 1 },
    'Request decode failed: json: unknown field "Bogus"',
  ],
  [{ Target: 5, ClientCertURI }, 'Request decode failed: Target: must be a text'],
  [{ target: 'api', clientcerturi: 'x' }, 'ClientCertURI not a valid Connect identifier'],
  [[1], 'Request decode failed: must be an object'],
] as const)('%j is refused: %s', async ([body, text]) => {
  await using agent = await startInMemoryAgent();
  expect(await ask(agent, line, { body })).toMatchObject({ status: 400, text });
});
