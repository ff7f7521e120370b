import { expect, test } from 'vitest';
import { chancery, startStubAgent } from '../testing/stub-agent.ts';

const check = (CheckID: string, ServiceID: string, Notes: string) => ({
  CheckID,
  ServiceID,
  Notes,
  Node: 'node-1',
});
const checks = {
  a: check('_service_maintenance:web', 'web', 'a new disk'),
  b: check('service:web', 'web', ''),
  c: check('_node_maintenance', '', 'all of it'),
  d: check('_service_maintenance:db', 'db', 'later'),
};

test('what is out of service is listed: the node, then services by ID', async () => {
  await using agent = await startStubAgent({ 'GET /v1/agent/checks': checks });
  const { code, out } = await chancery('maint', agent);
  expect(code).toBe(0);
  expect(out).toBe(
    [
      'Node:\n  Name:   node-1\n  Reason: all of it\n',
      'Service:\n  ID:     db\n  Reason: later\n',
      'Service:\n  ID:     web\n  Reason: a new disk\n',
    ].join('\n'),
  );
  const json = JSON.parse((await chancery('maint -format json', agent)).out);
  expect(json).toEqual([checks.c, checks.d, checks.a]);
});

test('nothing out of service prints nothing', async () => {
  await using agent = await startStubAgent({ 'GET /v1/agent/checks': {} });
  expect(await chancery('maint', agent)).toEqual({ code: 0, out: '', err: '' });
});

test.for([
  ['-enable', 'maintenance?enable=true&reason=', 'Node maintenance is now enabled'],
  ['-enable -reason why', 'maintenance?enable=true&reason=why', 'Node maintenance is now enabled'],
  ['-disable', 'maintenance?enable=false', 'Node maintenance is now disabled'],
  [
    '-enable -service web -reason why',
    'service/maintenance/web?enable=true&reason=why',
    'Service maintenance is now enabled for "web"',
  ],
  [
    '-disable -service web',
    'service/maintenance/web?enable=false',
    'Service maintenance is now disabled for "web"',
  ],
])('maint %s', async ([flags, path, out]) => {
  await using agent = await startStubAgent({ [`PUT /v1/agent/${path}`]: {} });
  expect(await chancery(`maint ${flags}`, agent)).toEqual({ code: 0, out, err: '' });
});

test('a service that is not there is told by its ID', async () => {
  const text = 'Unknown service ID "nope".';
  await using agent = await startStubAgent({
    'PUT /v1/agent/service/maintenance/nope?enable=true&reason=': { status: 404, text },
  });
  expect(await chancery('maint -enable -service nope', agent)).toEqual({
    code: 1,
    out: '',
    err: `Error enabling service maintenance: Unexpected response code: 404 (${text})`,
  });
});

test.for([
  ['-enable -disable', 'Only one of -enable or -disable may be provided'],
  ['-reason x', 'Reason may only be provided with -enable'],
  ['-disable -reason x', 'Reason may only be provided with -enable'],
  ['-service web', 'Service requires either -enable or -disable'],
])('maint %s is refused: %s', async ([flags, err]) => {
  expect(await chancery(`maint ${flags}`)).toEqual({ code: 1, out: '', err });
});
