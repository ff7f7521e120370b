import { expect, test } from 'vitest';
import { ask } from '../testing/ask.ts';
import { startInMemoryAgent } from '../testing/in-memory-agent.ts';

const path = '/v1/connect/ca/configuration';

test('the settings of the authority are shown without a key', async () => {
  await using agent = await startInMemoryAgent();
  expect((await ask(agent, `GET ${path}`)).json).toEqual({
    Provider: 'consul',
    Config: { LeafCertTTL: '72h', RootCertTTL: '87600h' },
    State: null,
    ForceWithoutCrossSigning: false,
    CreateIndex: 0,
    ModifyIndex: 0,
  });
});

test('settings are taken whole: what is left out is as in a new authority', async () => {
  await using agent = await startInMemoryAgent();
  const body = { Provider: 'consul', Config: { LeafCertTTL: '48h', RootCertTTL: '100000h' } };
  expect(await ask(agent, `PUT ${path}`, { body })).toMatchObject({ status: 200, text: '' });
  expect((await ask(agent, `GET ${path}`)).json.Config.LeafCertTTL).toBe('48h');
  await ask(agent, `PUT ${path}`, { body: { Provider: 'consul', Config: {} } });
  expect((await ask(agent, `GET ${path}`)).json.Config).toEqual({
    LeafCertTTL: '72h',
    RootCertTTL: '87600h',
  });
});

test('what a Go client sends back of what it has read is taken', async () => {
  await using agent = await startInMemoryAgent();
  const { json } = await ask(agent, `GET ${path}`);
  expect(await ask(agent, `PUT ${path}`, { body: json })).toMatchObject({ status: 200 });
});

test('what has no effect is said in a warning', async () => {
  await using agent = await startInMemoryAgent();
  const body = { Provider: 'consul', Config: { CSRMaxPerSecond: 50 } };
  const { status, headers } = await ask(agent, `PUT ${path}`, { body });
  expect(status).toBe(200);
  expect(headers['x-chancery-warning']).toMatch(/Config\.CSRMaxPerSecond.*has no effect/);
});

test.for<[object, RegExp]>([
  [
    { Provider: 'vault', Config: {} },
    /^Request decode failed: Provider: unknown CA provider "vault"/,
  ],
  [{}, /unknown CA provider ""/],
  [{ Provider: 'consul', Config: { LeafCertTTL: '1s' } }, /Config\.LeafCertTTL: must be between/],
  [
    { Provider: 'consul', Config: { RootCert: '-----BEGIN ' } },
    /RootCert is given without PrivateKey/,
  ],
  [{ Provider: 'consul', Config: { PrivateKeyType: 'rsa' } }, /keys are EC P-256/],
  [{ Provider: 'consul', Config: { Bogus: 1 } }, /Bogus/],
  [{ Provider: 'consul', Bogus: 1 }, /^Request decode failed: json: unknown field "Bogus"/],
])('%j is refused', async ([body, text]) => {
  await using agent = await startInMemoryAgent();
  const answer = await ask(agent, `PUT ${path}`, { body });
  expect(answer.status).toBe(400);
  expect(answer.text).toMatch(text);
});
