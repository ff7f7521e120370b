import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { chancery, startStubAgent } from '../testing/stub-agent.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chancery-cli-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function file(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

const hcl = 'Kind = "service-defaults"\nName = "web"\nProtocol = "http"\n';

/** The entry that was written, and the path it was written to. */
function written(asked: readonly string[]): readonly [string, unknown] {
  const [line = ''] = asked;
  const at = line.indexOf('{');
  return [line.slice(0, at - 1), JSON.parse(line.slice(at))];
}

test.for([
  ['a.hcl', hcl],
  ['a.json', '{"Kind": "service-defaults", "Name": "web", "Protocol": "http"}'],
  ['snake', 'kind = "service-defaults"\nname = "web"\nprotocol = "http"'],
  ['no-ending', '\n {"kind": "service-defaults", "name": "web", "protocol": "http"}'],
] as const)('the entry of %s is written as the HTTP API takes it', async ([name, text]) => {
  await using agent = await startStubAgent({ 'PUT /v1/config': true });
  const printed = await chancery(['config', 'write', await file(name, text)], agent);
  expect(printed).toEqual({ code: 0, out: 'Config entry written: service-defaults/web', err: '' });
  const [path, entry] = written(agent.asked);
  expect(path).toBe('PUT /v1/config');
  expect(entry).toMatchObject({ Kind: 'service-defaults', Name: 'web', Protocol: 'http' });
});

test('an entry comes from standard input too, and its mistakes are told with their places there', async () => {
  await using agent = await startStubAgent({ 'PUT /v1/config': true });
  expect(await chancery('config write -', agent, {}, hcl)).toMatchObject({
    code: 0,
    out: 'Config entry written: service-defaults/web',
  });
  const { code, err } = await chancery('config write -', agent, {}, `${hcl}Protocl = "http"`);
  expect(code).toBe(1);
  expect(err).toMatch(
    /^Failed to decode config entry input: 1 error occurred:\n\t\* <stdin>:4:1: /,
  );
});

test('each mistake is told on a line with its place, and nothing is written', async () => {
  await using agent = await startStubAgent({});
  const path = await file('a.hcl', `${hcl}MaxInboundConnections = "x"\nPrtocol = "x"\n`);
  const { code, out, err } = await chancery(['config', 'write', path], agent);
  expect([code, out, agent.asked]).toEqual([1, '', []]);
  const [first, ...lines] = err.split('\n');
  expect(first).toBe('Failed to decode config entry input: 2 errors occurred:');
  expect(lines[0]).toMatch(new RegExp(`^\t\\* ${path}:4:25: MaxInboundConnections: `));
  expect(lines[1]).toMatch(new RegExp(`^\t\\* ${path}:5:1: Prtocol: unknown key "Prtocol"; `));
});

test('what the agent keeps without acting on it is told on standard error', async () => {
  const warnings = ['service-router is kept and has no effect yet', 'and another'];
  await using agent = await startStubAgent({ 'PUT /v1/config': true }, { warnings });
  expect(await chancery(['config', 'write', await file('a.hcl', hcl)], agent)).toEqual({
    code: 0,
    out: 'Config entry written: service-defaults/web',
    err: warnings.map((line) => `Warning: ${line}`).join('\n'),
  });
});

test('a write that was overtaken says so', async () => {
  await using agent = await startStubAgent({
    'PUT /v1/config?cas=7': false,
    'PUT /v1/config?cas=8': true,
  });
  const path = await file('a.hcl', hcl);
  expect(await chancery(`config write -cas -modify-index 7 ${path}`, agent)).toEqual({
    code: 1,
    out: '',
    err: 'Config entry not updated: service-defaults/web',
  });
  expect(await chancery(`config write -cas -modify-index 8 ${path}`, agent)).toMatchObject({
    code: 0,
  });
});

const entry = { Kind: 'service-defaults', Name: 'web', Protocol: '', Hash: 1, ModifyIndex: 7 };
const entryPath = '/v1/config/service-defaults/web';

test('read prints what was written, list the names or the entries', async () => {
  await using agent = await startStubAgent({
    [`GET ${entryPath}`]: entry,
    'GET /v1/config/service-defaults': [entry, { ...entry, Name: 'db' }],
    'GET /v1/config/service-defaults?filter=x': [],
  });
  const read = await chancery('config read -kind service-defaults -name web', agent);
  const shown = { Kind: 'service-defaults', Name: 'web', ModifyIndex: 7 };
  expect(read).toEqual({ code: 0, out: JSON.stringify(shown, null, 4), err: '' });
  const list = 'config list -kind service-defaults';
  expect((await chancery(list, agent)).out).toBe('web\ndb');
  expect(JSON.parse((await chancery(`${list} -format json`, agent)).out)[0]).toEqual(shown);
  expect(await chancery(`${list} -filter x`, agent)).toEqual({ code: 0, out: '', err: '' });
});

test('an entry that is not there is an error of reading, and none of deleting', async () => {
  const text = 'Config entry not found for "service-defaults" / "web"';
  await using agent = await startStubAgent({
    [`GET ${entryPath}`]: { status: 404, text },
    [`DELETE ${entryPath}`]: {},
    [`DELETE ${entryPath}?cas=3`]: false,
  });
  expect(await chancery('config read -kind service-defaults -name web', agent)).toMatchObject({
    code: 1,
    err: `Error reading config entry service-defaults/web: Unexpected response code: 404 (${text})`,
  });
  const deletion = 'config delete -kind service-defaults -name web';
  const deleted = { code: 0, out: 'Config entry deleted: service-defaults/web', err: '' };
  expect(await chancery(deletion, agent)).toEqual(deleted);
  const byFile = await chancery(`config delete -filename ${await file('a.hcl', hcl)}`, agent);
  expect(byFile).toEqual(deleted);
  expect(await chancery(`${deletion} -cas -modify-index 3`, agent)).toEqual({
    code: 1,
    out: '',
    err: 'Config entry not deleted: service-defaults/web',
  });
});

test.for([
  [
    'config write',
    'Must provide exactly one positional argument to specify the config entry to write',
  ],
  [
    'config write a b',
    'Must provide exactly one positional argument to specify the config entry to write',
  ],
  [
    'config write /nonexistent.hcl',
    'Failed to load data: Failed to read file: open /nonexistent.hcl: no such file or directory',
  ],
  [
    'config write -modify-index -1 a',
    'invalid value "-1" for flag -modify-index: it must be a number',
  ],
  ['config read', 'Must specify the -kind parameter'],
  ['config read -kind x', 'Must specify the -name parameter'],
  ['config list', 'Must specify the -kind parameter'],
  ['config delete', 'Must specify the -kind or -filename parameter'],
  ['config delete -name x', 'Must specify the -kind parameter'],
  ['config delete -kind x', 'Must specify the -name parameter'],
  ['config delete -kind x -filename y', "filename can't be used with kind or name"],
  ['config delete -kind x -name y -cas', 'Must specify a -modify-index greater than 0 with -cas'],
  ['config delete -kind x -name y -modify-index 1', 'Cannot specify -modify-index without -cas'],
] as const)('%s is refused: %s', async ([line, err]) => {
  expect(await chancery(line)).toEqual({ code: 1, out: '', err });
});

test('an entry of a kind that has one only is named like its kind', async () => {
  const mesh = { Kind: 'mesh', TransparentProxy: {} };
  await using agent = await startStubAgent({
    'PUT /v1/config': true,
    'GET /v1/config/mesh': [mesh],
    'DELETE /v1/config/mesh/mesh': {},
  });
  const path = await file('mesh.hcl', 'Kind = "mesh"');
  expect((await chancery(['config', 'write', path], agent)).out).toBe(
    'Config entry written: mesh/mesh',
  );
  expect((await chancery('config list -kind mesh', agent)).out).toBe('mesh');
  expect((await chancery(['config', 'delete', '-filename', path], agent)).out).toBe(
    'Config entry deleted: mesh/mesh',
  );
});
