import { expect, test } from 'vitest';
import { ask } from '../testing/ask.ts';
import { startInMemoryAgent } from '../testing/in-memory-agent.ts';

test('roots are shown with their trust domain and without a key', async () => {
  await using agent = await startInMemoryAgent();
  const { json, text } = await ask(agent, 'GET /v1/connect/ca/roots');
  expect(json).toMatchObject({
    ActiveRootID: 'aa:bb',
    TrustDomain: '11111111-2222-3333-4444-555555555555.consul',
    Roots: [
      {
        ID: 'aa:bb',
        SerialNumber: 7,
        ExternalTrustDomain: '11111111-2222-3333-4444-555555555555',
        NotBefore: '2026-11-23T00:00:00Z',
        Active: true,
      },
    ],
  });
  expect(text).not.toMatch(/PRIVATE KEY|privateKey/);
});

test.for(['true', '1', 'T'])('roots as PEM (?pem=%s) are what TLS libraries read', async (pem) => {
  await using agent = await startInMemoryAgent();
  const { headers, text } = await ask(agent, `GET /v1/agent/connect/ca/roots?pem=${pem}`);
  expect(headers['content-type']).toBe('application/pem-certificate-chain');
  expect(text).toBe('-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n');
});

test.for(['', 'false', '0'])('roots are no PEM with ?pem=%s', async (pem) => {
  await using agent = await startInMemoryAgent();
  const { json } = await ask(agent, `GET /v1/connect/ca/roots?pem=${pem}`);
  expect(json.Roots).toHaveLength(1);
});

test('a leaf comes with its key, its identity and an index to wait on', async () => {
  await using agent = await startInMemoryAgent();
  const { json, headers } = await ask(agent, 'GET /v1/agent/connect/ca/leaf/web');
  expect(json).toMatchObject({
    SerialNumber: '08',
    Service: 'web',
    ServiceURI: 'spiffe://11111111-2222-3333-4444-555555555555.consul/ns/default/dc/dc1/svc/web',
    ValidBefore: '2026-11-26T00:00:00Z',
  });
  expect(headers).toMatchObject({ 'x-consul-index': '1', 'x-cache': 'HIT' });
  const waited = await ask(agent, 'GET /v1/agent/connect/ca/leaf/web?index=1&wait=20ms');
  expect(waited.json.SerialNumber).toBe('08');
});

test.for(['a%2Fb', '*', '.a', 'x'.repeat(200)])('no leaf is issued for %s', async (name) => {
  const asked: string[] = [];
  await using agent = await startInMemoryAgent({
    leaf: (service) => {
      asked.push(service);
      return Promise.reject(new Error('not this one'));
    },
  });
  expect(await ask(agent, `GET /v1/agent/connect/ca/leaf/${name}`)).toMatchObject({ status: 400 });
  expect(asked).toEqual([]);
});
