import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { chancery, startStubAgent } from './testing/stub-agent.ts';

test.for([
  ['intenton list', 127, 'unknown command "intenton": did you mean "intention"?'],
  ['aget -dev', 127, 'unknown command "aget": did you mean "agent"?'],
  ['xyzzy', 127, 'unknown command "xyzzy": chancery -h lists the commands'],
  [
    'connect ca get-confg',
    1,
    'unknown command "connect ca get-confg": did you mean "connect ca get-config"?',
  ],
  ['connect ca x', 1, 'unknown command "connect ca x": chancery connect ca -h lists the commands'],
  ['operator rafft', 1, 'unknown command "operator rafft": did you mean "operator raft"?'],
  ['intention crate', 1, 'unknown command "intention crate": did you mean "intention create"?'],
  ['intention create -dney a b', 1, 'flag provided but not defined: -dney: did you mean -deny?'],
  ['catalog services web', 1, 'Too many arguments (expected 0, got 1)'],
  ['leave -- now or', 1, 'Too many arguments (expected 0, got 2)'],
  [
    'intention check -xyzzy',
    2,
    'flag provided but not defined: -xyzzy: chancery intention check -h lists its flags',
  ],
  ['reload -xyzzy', 1, 'flag provided but not defined: -xyzzy: chancery reload -h lists its flags'],
] as const)('%s exits with %i: %s', async ([line, code, err]) => {
  expect(await chancery(line)).toEqual({ code, out: '', err });
});

test('what stands behind -- is an argument, whatever it looks like', async () => {
  await using agent = await startStubAgent({
    'GET /v1/connect/intentions/check?destination=-b&source=a&source-type=consul': {
      Allowed: true,
    },
  });
  expect(await chancery('intention check -- a -b', agent)).toMatchObject({ out: 'Allowed' });
});

test('help asked for goes to standard output; help in place of a command to standard error', async () => {
  expect(await chancery('-h')).toMatchObject({ code: 0, err: '' });
  expect(await chancery('intention -h')).toMatchObject({ code: 0, err: '' });
  expect(await chancery([])).toMatchObject({ code: 127, out: '' });
  expect(await chancery('intention')).toMatchObject({ code: 1, out: '' });
  expect(await chancery('connect ca')).toMatchObject({ code: 1, out: '' });
});

test('a command that asks one question loads the client and nothing heavier', async () => {
  await using agent = await startStubAgent({
    'GET /v1/connect/intentions/check?destination=b&source=a&source-type=consul': { Allowed: true },
  });
  const script = `
    import { registerHooks } from 'node:module';
    const loaded = [];
    registerHooks({ load: (url, context, next) => (loaded.push(url), next(url, context)) });
    const { run } = await import(${JSON.stringify(new URL('./index.ts', import.meta.url).href)});
    const io = { out() {}, err() {}, environment: { CONSUL_HTTP_ADDR: '${agent.address}' } };
    const code = await run(['intention', 'check', 'a', 'b'], io);
    console.log(JSON.stringify({ code, loaded }));`;
  const node = promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
  const { code, loaded } = JSON.parse((await node).stdout) as { code: number; loaded: string[] };
  expect(code).toBe(0);
  const packages = new Set(loaded.map((url) => /packages\/([^/]+)/.exec(url)?.[1]).filter(Boolean));
  expect([...packages].sort()).toEqual(['cli', 'client']);
});
