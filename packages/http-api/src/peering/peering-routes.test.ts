import { expect, test } from 'vitest';
import { ask } from '../testing/ask.ts';
import { startInMemoryAgent } from '../testing/in-memory-agent.ts';

test('there are no peerings: none is listed, none is found, and none is there after it was deleted', async () => {
  await using agent = await startInMemoryAgent();
  const list = await ask(agent, 'GET /v1/peerings');
  expect([list.json, list.headers['x-consul-index']]).toEqual([[], '1']);
  const missing = { status: 404, text: 'Peering not found for "other"' };
  expect(await ask(agent, 'GET /v1/peering/other')).toMatchObject(missing);
  expect(await ask(agent, 'DELETE /v1/peering/other')).toMatchObject({ status: 200, text: '' });
  expect((await ask(agent, 'GET /v1/peering/')).status).toBe(400);
});

test('a peering that cannot be made is not promised', async () => {
  await using agent = await startInMemoryAgent();
  for (const path of ['token', 'establish']) {
    const { status, text } = await ask(agent, `POST /v1/peering/${path}`, { body: { Name: 'x' } });
    expect([status, text]).toEqual([501, 'Peering with other clusters is not built yet']);
  }
});
