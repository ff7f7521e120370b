import { mkdtemp, readFile, rm } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { chancery, startStubAgent } from '../testing/stub-agent.ts';

const leader = { 'GET /v1/status/leader': ['127.0.0.1:8300'] };

/** Answers with a value and its index. */
function indexed(index: number, value: unknown): RequestListener {
  return (_request, response) => {
    response.setHeader('X-Consul-Index', index);
    response.end(JSON.stringify(value));
  };
}

const interrupt: RequestListener = () => process.emit('SIGINT');

async function scratch(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'chancery-watch-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

test.for([
  ['services', '/v1/catalog/services'],
  ['services -filter x', '/v1/catalog/services?filter=x'],
  ['nodes', '/v1/catalog/nodes'],
  ['service -service web', '/v1/health/service/web'],
  [
    'service -service web -tag a -tag b -passingonly t',
    '/v1/health/service/web?passing=1&tag=a&tag=b',
  ],
  ['checks', '/v1/health/state/any'],
  ['checks -state warning', '/v1/health/state/warning'],
  ['checks -service web', '/v1/health/checks/web'],
  ['connect_roots', '/v1/agent/connect/ca/roots'],
  ['connect_leaf -service web', '/v1/agent/connect/ca/leaf/web'],
  ['agent_service -service web-1', '/v1/agent/service/web-1'],
])('without a program, watch -type %s prints what %s answers', async ([flags, path]) => {
  await using agent = await startStubAgent({ ...leader, [`GET ${path}`]: { a: [1] } });
  expect(await chancery(`watch -type ${flags}`, agent)).toEqual({
    code: 0,
    out: JSON.stringify({ a: [1] }, null, 4),
    err: '',
  });
});

test('the program is run at each change, with the value and its index, until an interrupt', async () => {
  const folder = await scratch();
  const path = '/v1/catalog/services';
  await using agent = await startStubAgent({
    ...leader,
    [`GET ${path}`]: indexed(5, { web: [] }),
    // A wake-up without a change runs nothing.
    [`GET ${path}?index=5`]: indexed(6, { web: [] }),
    [`GET ${path}?index=6`]: indexed(8, { web: ['v1'] }),
    [`GET ${path}?index=8`]: interrupt,
  });
  const program = `(echo "$CONSUL_INDEX $0 $1 -$2"; cat) >> ${folder}/runs`;
  const line = ['watch', '-type', 'services', '-shell=false', '/bin/sh', '-c', program, 'x', '-y'];
  expect(await chancery(line, agent)).toEqual({ code: 0, out: '', err: '' });
  expect(await readFile(join(folder, 'runs'), 'utf8')).toBe(
    '5 x -y -\n{"web":[]}\n8 x -y -\n{"web":["v1"]}\n',
  );
  expect(process.listenerCount('SIGTERM')).toBe(0);
});

test('unless it is told otherwise, a shell is given the words as one line', async () => {
  const folder = await scratch();
  await using agent = await startStubAgent({ ...leader, 'GET /v1/catalog/nodes': [] });
  const line = ['watch', '-type', 'nodes', `echo one > ${folder}/file;`, 'exit', '3'];
  expect(await chancery(line, agent)).toEqual({
    code: 1,
    out: '',
    err: 'Error executing handler: exit status 3',
  });
  expect(await readFile(join(folder, 'file'), 'utf8')).toBe('one\n');
});

test('a program that does not read, or is not there, is no crash', async () => {
  const nodes = Array.from({ length: 20_000 }, (_, at) => ({ Node: `node-${at}` }));
  await using agent = await startStubAgent({ ...leader, 'GET /v1/catalog/nodes': nodes });
  expect(await chancery('watch -type nodes exit 1', agent)).toMatchObject({
    code: 1,
    err: 'Error executing handler: exit status 1',
  });
  expect(await chancery('watch -type nodes -shell=false /nonexistent/program', agent)).toEqual({
    code: 1,
    out: '',
    err: 'Error starting handler: exec: "/nonexistent/program": executable file not found in $PATH',
  });
});

test('a read by hash waits with the hash of what was read before', async () => {
  const folder = await scratch();
  const path = '/v1/agent/service/web';
  await using agent = await startStubAgent({
    ...leader,
    [`GET ${path}`]: (_request, response) => {
      response.setHeader('X-Consul-ContentHash', 'abc');
      response.end('{"ID":"web"}');
    },
    [`GET ${path}?hash=abc`]: interrupt,
  });
  const program = `echo $CONSUL_INDEX > ${folder}/index`;
  const line = ['watch', '-type', 'agent_service', '-service', 'web', program];
  expect(await chancery(line, agent)).toMatchObject({ code: 0, err: '' });
  expect(await readFile(join(folder, 'index'), 'utf8')).toBe('abc\n');
});

test('a read that fails is told and tried again later', async () => {
  await using agent = await startStubAgent({
    ...leader,
    'GET /v1/catalog/nodes': (_request, response) => {
      response.statusCode = 500;
      response.end('oops', () => setImmediate(() => process.emit('SIGINT')));
    },
  });
  expect(await chancery('watch -type nodes true', agent)).toMatchObject({ code: 0, out: '' });
});

test('an agent that is not there is told before anything is watched', async () => {
  const agent = await startStubAgent({});
  await agent[Symbol.asyncDispose]();
  const { code, err } = await chancery('watch -type nodes', agent);
  expect(code).toBe(1);
  expect(err).toMatch(/^Error querying Consul agent: Get "\S+\/v1\/status\/leader": dial tcp/);
});

test.for([
  ['', 'Watch type must be specified'],
  ['-type nope', 'Unsupported watch type: nope'],
  ['-type key', 'chancery watch -type key is not there yet: there is no key-value store yet.'],
  ['-type event', 'chancery watch -type event is not there yet: there are no events yet.'],
  ['-type service', 'Must specify a single service to watch'],
  ['-type connect_leaf', 'Must specify a single service to watch'],
  ['-type services -service web', 'Invalid parameters: [service]'],
  ['-type nodes -tag a -state any', 'Invalid parameters: [tag state]'],
  ['-type checks -service a -state any', 'Cannot specify service and state'],
  [
    '-type checks -state x',
    'invalid value "x" for flag -state: it must be any, passing, warning or critical',
  ],
  [
    '-type service -service a -passingonly x',
    'Failed to parse passingonly flag: "x" is neither true nor false',
  ],
])('watch %s is refused: %s', async ([flags = '', err]) => {
  expect(await chancery(`watch ${flags}`.trim())).toEqual({ code: 1, out: '', err });
});
