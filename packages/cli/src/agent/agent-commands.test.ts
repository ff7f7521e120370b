import { expect, test } from 'vitest';
import { chancery, startStubAgent } from '../testing/stub-agent.ts';

const member = {
  Name: 'devnode',
  Addr: '127.0.0.1',
  Port: 8301,
  Tags: { role: 'consul', build: '1.20.1:', vsn: '2', dc: 'dc1', segment: '' },
  Status: 1,
};
const membersPath = 'GET /v1/agent/members?segment=_all';
const members = { [membersPath]: [{ ...member, Name: 'z', Addr: '::1', Status: 4 }, member] };

test('members are a table by name', async () => {
  await using agent = await startStubAgent(members);
  expect(await chancery('members', agent)).toEqual({
    code: 0,
    err: '',
    out: [
      'Node     Address         Status  Type    Build   Protocol  DC   Partition  Segment',
      'devnode  127.0.0.1:8301  alive   server  1.20.1  2         dc1  default    <all>',
      'z        [::1]:8301      failed  server  1.20.1  2         dc1  default    <all>',
    ].join('\n'),
  });
});

test('members are narrowed by a part of their status; none is exit code 2 and no line', async () => {
  await using agent = await startStubAgent(members);
  expect((await chancery('members -status fail', agent)).out).not.toContain('devnode');
  expect(await chancery('members -status ^fail$', agent)).toEqual({ code: 2, out: '', err: '' });
  expect(await chancery('members -status (', agent)).toMatchObject({
    code: 1,
    err: 'invalid value "(" for flag -status: it is no regular expression',
  });
});

test('the members that are meant are asked of the agent', async () => {
  await using agent = await startStubAgent({});
  await chancery(['members', '-wan', '-segment', 'x', '-filter', 'Name == a'], agent);
  await chancery('members -segment=', agent);
  expect(agent.asked).toEqual([
    'GET /v1/agent/members?filter=Name%20%3D%3D%20a&segment=x&wan=1',
    'GET /v1/agent/members?segment=',
  ]);
});

test('members are JSON as the API writes it, narrowed as in the table', async () => {
  await using agent = await startStubAgent(members);
  const { code, out } = await chancery('members -status alive -format json', agent);
  expect([code, JSON.parse(out)]).toEqual([0, [member]]);
  expect(await chancery('members -status nope -format json', agent)).toMatchObject({
    code: 2,
    out: '[]',
  });
});

test('details are the tags, in order', async () => {
  await using agent = await startStubAgent({ [membersPath]: [member] });
  expect((await chancery('members -detailed', agent)).out).toBe(
    'Node     Address         Status  Tags\ndevnode  127.0.0.1:8301  alive   ap=default,build=1.20.1:,dc=dc1,role=consul,segment=<all>,vsn=2',
  );
});

test('figures are sorted by section and name', async () => {
  await using agent = await startStubAgent({
    'GET /v1/agent/self': {
      Stats: { build: { version: '1' }, agent: { services: '2', checks: '4' } },
    },
  });
  expect((await chancery('info', agent)).out).toBe(
    'agent:\n\tchecks = 4\n\tservices = 2\nbuild:\n\tversion = 1',
  );
  expect(JSON.parse((await chancery('info -format json', agent)).out)).toHaveProperty('build');
});

test.for([
  ['reload', 'Configuration reload triggered'],
  ['leave', 'Graceful leave complete'],
] as const)('%s prints "%s"', async ([verb, out]) => {
  await using agent = await startStubAgent({ [`PUT /v1/agent/${verb}`]: {} });
  expect(await chancery(verb, agent)).toEqual({ code: 0, out, err: '' });
});

test('the version is the one of the package, for people and for programs', async () => {
  const { out } = await chancery('version');
  const json = JSON.parse((await chancery('version -format json')).out);
  expect(out).toContain(`Chancery v${json.Version}\n`);
  expect(await chancery('--version')).toEqual(await chancery('version'));
  expect(await chancery('version -format x')).toMatchObject({
    code: 1,
    err: 'invalid value "x" for flag -format: it must be pretty or json',
  });
});
