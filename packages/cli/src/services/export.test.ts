import { expect, test } from 'vitest';
import { chancery, startStubAgent } from '../testing/stub-agent.ts';

const read = 'GET /v1/config/exported-services/default';
const existing = {
  Kind: 'exported-services',
  Name: 'default',
  Hash: 1,
  ModifyIndex: 7,
  Services: [
    { Name: 'db', Consumers: [{ Peer: 'east' }] },
    { Name: 'web', Consumers: [{ Peer: 'east' }, { Partition: 'p' }] },
  ],
};

test('consumers are added to those that are there, each once', async () => {
  await using agent = await startStubAgent({ [read]: existing, 'PUT /v1/config?cas=7': true });
  expect(await chancery('services export -name web -consumer-peers east,west', agent)).toEqual({
    code: 0,
    out: 'Successfully exported service "web" to cluster peers "east,west"',
    err: '',
  });
  const [, put = ''] = agent.asked;
  expect(JSON.parse(put.slice(put.indexOf('{')))).toEqual({
    Kind: 'exported-services',
    Name: 'default',
    ModifyIndex: 7,
    Services: [
      { Name: 'db', Consumers: [{ Peer: 'east' }] },
      { Name: 'web', Consumers: [{ Peer: 'east' }, { Partition: 'p' }, { Peer: 'west' }] },
    ],
  });
});

test('without an entry there will be one', async () => {
  await using agent = await startStubAgent({ 'PUT /v1/config?cas=0': true });
  const line = 'services export -name web -consumer-peers east -consumer-partitions p';
  expect((await chancery(line, agent)).out).toBe(
    'Successfully exported service "web" to cluster peers "east" and to partitions "p"',
  );
  const [, put = ''] = agent.asked;
  expect(JSON.parse(put.slice(put.indexOf('{')))).toEqual({
    Kind: 'exported-services',
    Name: 'default',
    Services: [{ Name: 'web', Consumers: [{ Peer: 'east' }, { Partition: 'p' }] }],
  });
  const partition = 'services export -name web -consumer-partitions p';
  expect((await chancery(partition, agent)).out).toBe(
    'Successfully exported service "web" to partitions "p"',
  );
});

test('an entry that was changed meanwhile is left alone', async () => {
  await using agent = await startStubAgent({ [read]: existing, 'PUT /v1/config?cas=7': false });
  expect(await chancery('services export -name web -consumer-peers x', agent)).toMatchObject({
    code: 1,
    err: 'The config entry exported-services/default was changed meanwhile: try again',
  });
});

test.for([
  ['', 'Missing the required -name flag'],
  ['-name web', 'Missing the required -consumer-peers or -consumer-partitions flag'],
  [
    '-name web -consumer-peers=',
    'Missing the required -consumer-peers or -consumer-partitions flag',
  ],
  ['-name web -consumer-peers a,,b', 'Invalid peer ""'],
  ['-name web -consumer-partitions a,', 'Invalid partition ""'],
])('services export %s is refused: %s', async ([flags = '', err]) => {
  expect(await chancery(`services export ${flags}`.trim())).toEqual({ code: 1, out: '', err });
});

const exported = [
  { Service: 'web', Consumers: { Peers: ['east', 'west'] } },
  { Service: 'db', Consumers: { Peers: ['east'] } },
];

test('what is exported is a table, which an expression may narrow', async () => {
  await using agent = await startStubAgent({ 'GET /v1/exported-services': exported });
  const line = ['services', 'exported-services'];
  expect((await chancery(line, agent)).out).toBe(
    'Service  Consumer Peers\nweb      east, west\ndb       east',
  );
  const filtered = [...line, '-format', 'json', '-filter', 'west in Consumers.Peers'];
  expect(JSON.parse((await chancery(filtered, agent)).out)).toEqual([exported[0]]);
  const none = [...line, '-filter', 'Service == x'];
  expect((await chancery(none, agent)).out).toBe('No exported services found');
  const wrong = await chancery([...line, '-filter', 'Nope == x'], agent);
  expect(wrong.code).toBe(1);
  expect(wrong.err).toMatch(/^Error while creating filter: .*Selector "Nope" is not valid/);
});
