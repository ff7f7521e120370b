import { expect, test } from 'vitest';
import { ask } from '../testing/ask.ts';
import { type InMemoryAgent, startInMemoryAgent } from '../testing/in-memory-agent.ts';

const Coord = { Vec: [0.01, 0, 0, 0, 0, 0, 0, 0], Error: 1.5, Adjustment: 0, Height: 0.00001 };

function update(agent: InMemoryAgent, body: unknown) {
  return ask(agent, 'PUT /v1/coordinate/update', { body });
}

test('a place that was reported is shown, in the list and by its node', async () => {
  await using agent = await startInMemoryAgent();
  expect(await update(agent, { Node: 'devnode', Coord })).toMatchObject({ status: 200, text: '' });
  const entry = { Node: 'devnode', Segment: '', Coord };
  const list = await ask(agent, 'GET /v1/coordinate/nodes');
  expect(list.json).toEqual([entry]);
  expect(Number(list.headers['x-consul-index'])).toBeGreaterThan(1);
  expect((await ask(agent, 'GET /v1/coordinate/node/devnode')).json).toEqual([entry]);
  expect((await ask(agent, 'GET /v1/coordinate/datacenters')).json).toEqual([
    { Datacenter: 'dc1', AreaID: 'wan', Coordinates: [entry] },
  ]);
});

test('keys of a place are read without regard to case, as in Consul', async () => {
  await using agent = await startInMemoryAgent();
  const coord = { vec: Coord.Vec, error: 1.5, HEIGHT: 0.00001 };
  expect(await update(agent, { node: 'devnode', coord })).toMatchObject({ status: 200 });
  expect((await ask(agent, 'GET /v1/coordinate/node/devnode')).json).toMatchObject([{ Coord }]);
});

test('a node without a place has no answer, and no other segment has one', async () => {
  await using agent = await startInMemoryAgent();
  expect(await ask(agent, 'GET /v1/coordinate/node/nope')).toMatchObject({ status: 404, text: '' });
  await update(agent, { Node: 'devnode', Coord });
  expect((await ask(agent, 'GET /v1/coordinate/nodes?segment=x')).json).toEqual([]);
  expect((await ask(agent, 'GET /v1/coordinate/node/devnode?segment=x')).status).toBe(404);
});

test('the place of a node that is not there is not kept, and that is said', async () => {
  await using agent = await startInMemoryAgent();
  const { status, headers } = await update(agent, { Node: 'nope', Coord });
  expect([status, headers['x-chancery-warning']]).toEqual([200, 'There is no node "nope" yet']);
  expect((await ask(agent, 'GET /v1/coordinate/nodes')).json).toEqual([]);
});

test('who waits for places is woken by a new one', async () => {
  await using agent = await startInMemoryAgent();
  const { headers } = await ask(agent, 'GET /v1/coordinate/nodes');
  const woken = ask(agent, `GET /v1/coordinate/nodes?wait=20s&index=${headers['x-consul-index']}`);
  await update(agent, { Node: 'devnode', Coord });
  expect((await woken).json).toHaveLength(1);
});

test.for([
  [
    { Node: 'devnode', Coord: { Vec: [0, 0] } },
    'incompatible coordinate: Coord.Vec must hold 8 numbers',
  ],
  [{ Node: 'devnode' }, 'incompatible coordinate: Coord.Vec must hold 8 numbers'],
  [
    { Node: 'devnode', Coord: { ...Coord, Error: 'x' } },
    'incompatible coordinate: Coord.Error must be a number',
  ],
  [{ Coord }, 'Request decode failed: Node: expected the name of a node'],
  [{ Node: 'devnode', Bogus: 1, Coord }, 'Request decode failed: json: unknown field "Bogus"'],
  [
    { Node: 'devnode', Segment: 'x', Coord },
    'Request decode failed: Segment: there are no network segments here, leave it away',
  ],
  [[], 'Request decode failed: must be an object'],
] as const)('%j is refused: %s', async ([body, text]) => {
  await using agent = await startInMemoryAgent();
  expect(await update(agent, body)).toMatchObject({ status: 400, text });
});
