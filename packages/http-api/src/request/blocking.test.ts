import { expect, test } from 'vitest';
import { ask } from '../testing/ask.ts';
import { type InMemoryAgent, startInMemoryAgent } from '../testing/in-memory-agent.ts';

async function register(agent: InMemoryAgent, name: string, more: object = {}): Promise<void> {
  const body = { Name: name, Port: 8080, ...more };
  expect((await ask(agent, 'PUT /v1/agent/service/register', { body })).status).toBe(200);
}

/** Resolves once so many requests wait in the store. */
async function untilWaiting(agent: InMemoryAgent, watchers: number): Promise<void> {
  while (agent.store.counters.watchers !== watchers) {
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

test('a read waits for a change of what it read, and only of that', async () => {
  await using agent = await startInMemoryAgent();
  await register(agent, 'web');
  const first = await ask(agent, 'GET /v1/health/service/web');
  let settled = false;
  const path = `GET /v1/health/service/web?wait=60s&index=${first.headers['x-consul-index']}`;
  const waiting = ask(agent, path).finally(() => {
    settled = true;
  });
  await untilWaiting(agent, 1);
  await register(agent, 'other');
  expect(settled).toBe(false);
  await register(agent, 'web', { Port: 9090 });
  const second = await waiting;
  expect(second.json[0].Service.Port).toBe(9090);
  expect(Number(second.headers['x-consul-index'])).toBe(agent.store.view.revision);
});

test('a service that does not exist yet is waited for', async () => {
  await using agent = await startInMemoryAgent();
  await register(agent, 'other');
  const { headers, json } = await ask(agent, 'GET /v1/health/service/late');
  expect(json).toEqual([]);
  const waiting = ask(
    agent,
    `GET /v1/health/service/late?wait=60s&index=${headers['x-consul-index']}`,
  );
  await untilWaiting(agent, 1);
  await register(agent, 'late');
  expect((await waiting).json).toHaveLength(1);
});

test('a wait ends with its time and the result as it is', async () => {
  await using agent = await startInMemoryAgent();
  const answer = await ask(agent, 'GET /v1/catalog/nodes?index=2&wait=20ms');
  expect(answer.status).toBe(200);
  expect(answer.headers['x-consul-index']).toBe('2');
});

test('an index of the future is answered at once: the state may have been restored', async () => {
  await using agent = await startInMemoryAgent();
  const answer = await ask(agent, 'GET /v1/catalog/nodes?index=999999&wait=60s');
  expect(answer.headers['x-consul-index']).toBe('2');
});

test('a client that goes away leaves nothing behind', async () => {
  await using agent = await startInMemoryAgent();
  const abort = new AbortController();
  const waiting = ask(agent, 'GET /v1/catalog/nodes?index=2&wait=60s', { signal: abort.signal });
  await untilWaiting(agent, 1);
  abort.abort();
  await expect(waiting).rejects.toThrow();
  await untilWaiting(agent, 0);
  expect(agent.lines).toEqual([]);
});

test('a read by hash waits for another content', async () => {
  await using agent = await startInMemoryAgent();
  await register(agent, 'web');
  const first = await ask(agent, 'GET /v1/agent/service/web?hash=');
  const hash = String(first.headers['x-consul-contenthash']);
  expect(first.json.ContentHash).toBe(hash);
  const waiting = ask(agent, `GET /v1/agent/service/web?hash=${hash}&wait=60s`);
  await untilWaiting(agent, 1);
  await register(agent, 'web', { Port: 9090 });
  const second = await waiting;
  expect(second.json.Port).toBe(9090);
  expect(second.headers['x-consul-contenthash']).not.toBe(hash);
});

test('a read by hash waits no shorter for a time beyond all bounds, and refuses one before now', async () => {
  await using agent = await startInMemoryAgent();
  await register(agent, 'web');
  const { headers } = await ask(agent, 'GET /v1/agent/service/web');
  const path = `GET /v1/agent/service/web?hash=${headers['x-consul-contenthash']}`;
  expect(await ask(agent, `${path}&wait=-1s`)).toMatchObject({
    status: 400,
    text: 'Invalid wait time',
  });
  const waiting = ask(agent, `${path}&wait=2000000h`);
  await untilWaiting(agent, 1);
  await register(agent, 'web', { Port: 9090 });
  expect((await waiting).json.Port).toBe(9090);
});

test('a read by hash ends with its time, or with the service', async () => {
  await using agent = await startInMemoryAgent();
  await register(agent, 'web');
  const { headers } = await ask(agent, 'GET /v1/agent/service/web');
  const path = `GET /v1/agent/service/web?hash=${headers['x-consul-contenthash']}`;
  const timedOut = await ask(agent, `${path}&wait=20ms`);
  expect(timedOut.headers['x-consul-contenthash']).toBe(headers['x-consul-contenthash']);
  const waiting = ask(agent, `${path}&wait=60s`);
  await untilWaiting(agent, 1);
  await ask(agent, 'PUT /v1/agent/service/deregister/web');
  expect(await waiting).toMatchObject({ status: 404, text: 'unknown service ID: web' });
});
