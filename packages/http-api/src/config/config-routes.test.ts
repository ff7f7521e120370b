import { expect, test } from 'vitest';
import { ask } from '../testing/ask.ts';
import { type InMemoryAgent, startInMemoryAgent } from '../testing/in-memory-agent.ts';

// What Consul answers is held by recorded exchanges; this is what goes beyond them.

const path = '/v1/config';

function put(agent: InMemoryAgent, body: object, query = '') {
  return ask(agent, `PUT ${path}${query}`, { body });
}

const splitter = {
  Kind: 'service-splitter',
  Name: 'web',
  Splits: [{ Weight: 100 }],
};
const defaults = { Kind: 'service-defaults', Name: 'web', Protocol: 'http' };

test('what is kept without an effect is said with the answer, and only when it is kept', async () => {
  await using agent = await startInMemoryAgent();
  await put(agent, defaults);
  const kept = await put(agent, splitter);
  expect(kept.text).toBe('true');
  expect(kept.headers['x-chancery-warning']).toContain('has no effect');
  const stale = await put(agent, { ...splitter, Meta: { a: 'b' } }, '?cas=99');
  expect([stale.text, stale.headers['x-chancery-warning']]).toEqual(['false', undefined]);
});

test('what a client has read it may send back, compared and set', async () => {
  await using agent = await startInMemoryAgent();
  await put(agent, defaults);
  const { json: read } = await ask(agent, `GET ${path}/service-defaults/web`);
  const changed = { ...read, Protocol: 'grpc' };
  expect((await put(agent, changed, `?cas=${read.ModifyIndex}`)).text).toBe('true');
  expect((await put(agent, { ...changed, Protocol: 'tcp' }, `?cas=${read.ModifyIndex}`)).text).toBe(
    'false',
  );
  const { json: now } = await ask(agent, `GET ${path}/service-defaults/web`);
  expect(now).toMatchObject({ Protocol: 'grpc', CreateIndex: read.CreateIndex });
  const deletion = `DELETE ${path}/service-defaults/web?cas=`;
  expect((await ask(agent, `${deletion}${read.ModifyIndex}`)).text).toBe('false');
  expect((await ask(agent, `${deletion}${now.ModifyIndex}`)).text).toBe('true');
});

test.for(['PUT /v1/config?cas=x', 'PUT /v1/config?cas=-1', 'DELETE /v1/config/mesh/mesh?cas=1e3'])(
  '%s: an index is a number',
  async (line) => {
    await using agent = await startInMemoryAgent();
    const { status, text } = await ask(agent, line, { body: defaults });
    expect(status).toBe(400);
    expect(text).toMatch(/^Invalid cas: ".+" is no index$/);
  },
);

test('who watches an entry is woken by that entry, and by no other', async () => {
  await using agent = await startInMemoryAgent();
  await put(agent, defaults);
  const watched = `GET ${path}/service-defaults/web`;
  const index = (await ask(agent, watched)).headers['x-consul-index'];
  const other = `GET ${path}/service-defaults/other`;
  const otherIndex = (await ask(agent, other)).headers['x-consul-index'];
  const woken = ask(agent, `${watched}?index=${index}`);
  let isOtherWoken = false;
  const asleep = ask(agent, `${other}?index=${otherIndex}&wait=300ms`).then(() => {
    isOtherWoken = true;
  });
  await put(agent, { ...defaults, Protocol: 'grpc' });
  expect((await woken).json.Protocol).toBe('grpc');
  expect(isOtherWoken).toBe(false);
  await asleep;
});

test('several mistakes of an entry are told at once', async () => {
  await using agent = await startInMemoryAgent();
  const { status, text } = await put(agent, { ...splitter, Name: '', Splits: [], Bogus: 1 });
  expect(status).toBe(400);
  expect(text).toContain('invalid config key "Bogus"');
});
