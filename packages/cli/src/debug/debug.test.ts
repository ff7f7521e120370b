import { createReadStream, existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { createGunzip } from 'node:zlib';
import { unpackTar } from 'modern-tar';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { chancery, startStubAgent } from '../testing/stub-agent.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chancery-debug-'));
});
afterEach(() => rm(folder, { recursive: true }));

const self = { 'GET /v1/agent/self': { Config: { Version: '1.2.3' } } };

test('all of it is one archive, which only its owner may read', async () => {
  await using agent = await startStubAgent({ ...self, 'GET /v1/agent/host': { Memory: {} } });
  const output = join(folder, 'slow');
  const line = `debug -capture host -capture agent -output ${output} -duration 10s -interval 5s`;
  const { code, out, err } = await chancery(line, agent);
  expect([code, err]).toEqual([0, '']);
  expect(out.split('\n')).toEqual([
    '==> Starting debugger and capturing static information...',
    "     Agent Version: '1.2.3'",
    "          Interval: '5s'",
    "          Duration: '10s'",
    `            Output: '${output}.tar.gz'`,
    "           Capture: 'host, agent'",
    `    Saved debug archive: ${output}.tar.gz`,
  ]);
  expect(existsSync(output)).toBe(false);
  expect((await stat(`${output}.tar.gz`)).mode & 0o777).toBe(0o600);
  const tar = await buffer(createReadStream(`${output}.tar.gz`).pipe(createGunzip()));
  const names = (await unpackTar(tar)).map(({ header }) => header.name);
  expect(names.sort()).toEqual(['slow/', 'slow/agent.json', 'slow/host.json', 'slow/index.json']);
});

test('without an archive the folder stays; what cannot be had is told once and why', async () => {
  await using agent = await startStubAgent({
    ...self,
    'GET /v1/agent/host': { status: 501, text: 'not there yet' },
    'GET /v1/agent/members?segment=_all&wan=1': { status: 500, text: 'oops' },
  });
  const output = join(folder, 'slow');
  const line = `debug -capture host,members -archive=false -output ${output}`;
  const { code, out, err } = await chancery(line, agent);
  expect(code).toBe(0);
  expect(out).toContain(`Saved debug archive: ${output}`);
  expect(err.split('\n').sort()).toEqual([
    '==> host is left out: the agent does not offer it',
    '==> members is left out: Unexpected response code: 500 (oops)',
  ]);
  expect(JSON.parse(await readFile(join(output, 'index.json'), 'utf8'))).toEqual({
    Version: 1,
    AgentVersion: '1.2.3',
    Interval: '30s',
    Duration: '5m0s',
    Targets: ['host', 'members'],
  });
});

test('a folder that is there already is left alone', async () => {
  await using agent = await startStubAgent(self);
  await mkdir(join(folder, 'mine'));
  const { code, err } = await chancery(`debug -output ${join(folder, 'mine')}`, agent);
  expect([code, err]).toEqual([
    1,
    `==> Capture validation failed: ${join(folder, 'mine')} exists already: name another with -output`,
  ]);
  const nowhere = join(folder, 'no', 'where');
  expect((await chancery(`debug -output ${nowhere}`, agent)).err).toBe(
    `==> Capture validation failed: ${nowhere} cannot be made: no such file or directory`,
  );
});

test.for([
  ['-duration 1s', 'the duration must be 10s or longer'],
  ['-interval 1s', 'the interval must be 5s or longer'],
  ['-duration 11s -interval 12s', 'the duration must be longer than the interval'],
  ['-duration x', 'invalid value "x" for flag -duration: it must be a duration such as 30s'],
  ['-interval 5', 'invalid value "5" for flag -interval: it must be a duration such as 30s'],
  ['-capture host -capture nope', 'target not found: nope'],
  ['-since 1h', '-since: an agent keeps nothing of the past: debug records from now on'],
])('debug %s is refused: %s', async ([flags = '', err]) => {
  const line = `==> Capture validation failed: ${err}`;
  expect(await chancery(`debug ${flags}`)).toEqual({ code: 1, out: '', err: line });
});

test('an agent that is down is told before anything is written', async () => {
  const agent = await startStubAgent({});
  await agent[Symbol.asyncDispose]();
  const output = join(folder, 'slow');
  const { code, err } = await chancery(`debug -output ${output}`, agent);
  expect(code).toBe(1);
  expect(err).toMatch(/^==> Capture validation failed: error querying target agent: Get "/);
  expect(existsSync(output)).toBe(false);
});
