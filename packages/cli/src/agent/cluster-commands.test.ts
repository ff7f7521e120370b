import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chancery, startStubAgent } from '../testing/stub-agent.ts';
import { roundTripMs } from './round-trip.ts';

test('one that could be joined is enough', async () => {
  const text = '1 error occurred:\n\t* Failed to join a';
  await using agent = await startStubAgent({
    'PUT /v1/agent/join/a': { status: 500, text },
    'PUT /v1/agent/join/b%3A8301': {},
  });
  const refusal = `Error joining address 'a': Unexpected response code: 500 (${text})`;
  expect(await chancery('join a b:8301', agent)).toEqual({
    code: 0,
    out: 'Successfully joined cluster by contacting 1 nodes.',
    err: refusal,
  });
  expect(await chancery('join a', agent)).toEqual({
    code: 1,
    out: '',
    err: `${refusal}\nFailed to join any nodes.`,
  });
});

test('a node is given up without a line', async () => {
  await using agent = await startStubAgent({
    'PUT /v1/agent/force-leave/n?prune=1&wan=1': {},
    'PUT /v1/agent/force-leave/x': { status: 500, text: "agent: No node found with name 'x'" },
  });
  const quiet = { code: 0, out: '', err: '' };
  expect(await chancery('force-leave -prune -wan n', agent)).toEqual(quiet);
  expect(await chancery('force-leave x', agent)).toMatchObject({
    code: 1,
    err: "Error force leaving: Unexpected response code: 500 (agent: No node found with name 'x')",
  });
});

const at = (...Vec: number[]) => ({ Vec, Error: 1, Adjustment: 0, Height: 0.00001 });
const coordinates = {
  'GET /v1/agent/self': { Config: { NodeName: 'a', Datacenter: 'dc1' } },
  'GET /v1/coordinate/nodes': [
    { Node: 'a', Segment: '', Coord: at(0, 0) },
    { Node: 'b', Segment: '', Coord: at(0.003, 0.004) },
  ],
  'GET /v1/coordinate/datacenters': [
    { Datacenter: 'dc1', Coordinates: [{ Node: 'a', Segment: '', Coord: at(0, 0) }] },
    { Datacenter: 'dc2', Coordinates: [{ Node: 'a', Segment: '', Coord: at(0.03, 0) }] },
  ],
};

test.for([
  ['rtt a b', 'Estimated a <-> b rtt: 5.020 ms (using LAN coordinates)'],
  ['rtt b', 'Estimated b <-> a rtt: 5.020 ms (using LAN coordinates)'],
  ['rtt -wan a.dc2 a.dc1', 'Estimated a.dc2 <-> a.dc1 rtt: 30.020 ms (using WAN coordinates)'],
  ['rtt -wan a.dc2', 'Estimated a.dc2 <-> a.dc1 rtt: 30.020 ms (using WAN coordinates)'],
])('%s: %s', async ([line = '', out]) => {
  await using agent = await startStubAgent(coordinates);
  expect(await chancery(line, agent)).toEqual({ code: 0, out, err: '' });
});

test.for([
  ['rtt', 'One or two node names must be specified'],
  ['rtt a b c', 'One or two node names must be specified'],
  ['rtt -wan a', 'Node names must be specified as <node name>.<datacenter> with -wan'],
  ['rtt a nope', 'Could not find a coordinate for node "nope"'],
  ['rtt nope a', 'Could not find a coordinate for node "nope"'],
  ['join', 'At least one address to join must be specified.'],
  ['force-leave', 'A single node name must be specified to force leave.'],
  ['force-leave a b', 'A single node name must be specified to force leave.'],
])('%s is refused: %s', async ([line = '', err]) => {
  await using agent = await startStubAgent(coordinates);
  expect(await chancery(line, agent)).toEqual({ code: 1, out: '', err });
});

test('a round trip takes as long there as back, and never less than no time', () => {
  const number = fc.double({ min: -10, max: 10, noNaN: true });
  const coordinate = fc.record({
    Vec: fc.array(number, { minLength: 8, maxLength: 8 }),
    Error: number,
    Adjustment: number,
    Height: fc.double({ min: 0, max: 1, noNaN: true }),
  });
  fc.assert(
    fc.property(coordinate, coordinate, (a, b) => {
      expect(roundTripMs(a, b)).toBe(roundTripMs(b, a));
      expect(roundTripMs(a, b)).toBeGreaterThanOrEqual(0);
    }),
  );
});

test('ports are open or closed, in the order in which they were named', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const closed = (name: string | number) =>
    `TCP: Port ${name} on 127.0.0.1 is closed, unreachable, or the connection timed out.`;
  const line = `troubleshoot ports -host 127.0.0.1 -ports x,${port},70000`;
  expect(await chancery(line)).toEqual({
    code: 0,
    out: [closed('x'), `TCP: Port ${port} on 127.0.0.1 is open.`, closed(70000)].join('\n'),
    err: '',
  });
  await new Promise((resolve) => server.close(resolve));
});

test('the host is that of the agent, unless it is a socket', async () => {
  const printed = await chancery('troubleshoot ports -ports x -http-addr 127.0.0.2:8500');
  expect(printed.out).toContain('on 127.0.0.2 is closed');
  expect(await chancery('troubleshoot ports -http-addr unix:///x')).toMatchObject({
    code: 1,
    err: 'The agent is reached over a Unix socket: name a host with -host',
  });
});
