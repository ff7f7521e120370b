import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ConfigRequest, loadAgentConfig } from './load-agent-config.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'chancery-config-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

function load(paths: readonly string[], changes: Partial<ConfigRequest> = {}) {
  const request = { dev: true, paths, fragments: [], flags: [], host: { hostname: 'laptop' } };
  return loadAgentConfig({ ...request, ...changes });
}

test('files and folders add up, in the order given and then of their names', () => {
  const conf = join(folder, 'conf.d');
  mkdirSync(join(conf, 'deeper'), { recursive: true });
  writeFileSync(join(conf, 'b.hcl'), 'node_name = "b"\nservice { name = "b" }');
  writeFileSync(join(conf, 'a.json'), '{"node_name": "a", "service": {"name": "a"}}');
  writeFileSync(join(conf, 'notes.txt'), 'not configuration');
  writeFileSync(join(conf, 'deeper', 'c.hcl'), 'node_name = "c"');
  const loaded = load([file('first.hcl', 'service { name = "first" }'), conf]);
  expect(loaded.ok && loaded.config.nodeName).toBe('b');
  expect(loaded.ok && loaded.config.services.map(({ service }) => service.name)).toEqual([
    'first',
    'a',
    'b',
  ]);
});

test('flags win over files, fragments over both', () => {
  const path = file('agent.hcl', 'node_name = "file"\ndatacenter = "file"\nlog_level = "warn"');
  const loaded = load([path], {
    flags: [
      { flag: '-node', path: ['node_name'], value: 'flag' },
      { flag: '-datacenter', path: ['datacenter'], value: 'flag' },
    ],
    fragments: ['datacenter = "fragment"'],
  });
  expect(loaded.ok && loaded.config).toMatchObject({
    nodeName: 'flag',
    datacenter: 'fragment',
    logLevel: 'warn',
  });
});

test('every mistake of every source is told at once, with its place', () => {
  const one = file('one.hcl', 'service {\n  name = "web"\n  prot = 1\n  port = "x"\n}\n');
  const two = file('two.hcl', 'service {\n  name = \n}');
  const loaded = load([one, two, join(folder, 'none.hcl')], {
    flags: [{ flag: '-http-port', path: ['ports', 'http'], value: 'many' }],
    fragments: ['nod_name = "x"'],
  });
  const lines = loaded.ok ? [] : loaded.lines.map((line) => line.replaceAll(`${folder}/`, ''));
  expect(lines).toEqual([
    expect.stringMatching(/^two\.hcl:\d+:\d+: /),
    'none.hcl: no such file or folder',
    'one.hcl:3:3: service[0].prot: unknown key "prot"; did you mean "port"?',
    expect.stringMatching(/^one\.hcl:4:10: service\[0\]\.port: expected a whole number/),
    expect.stringMatching(/^-hcl\[0\]:1:1: nod_name: unknown key/),
    expect.stringMatching(/^-http-port: /),
  ]);
});

test('mistakes that others find in a service stand at their place too', () => {
  const path = file('web.hcl', 'service {\n  name = "web"\n  port = 80\n}\n');
  const loaded = load([path], { checkService: () => [{ path: ['port'], message: 'is odd' }] });
  expect(loaded.ok ? [] : loaded.lines).toEqual([`${path}:3:10: service[0].port: is odd`]);
});

test('a file of another format is refused by name', () => {
  const path = file('agent.yaml', 'node_name: x');
  const loaded = load([path]);
  expect(loaded.ok ? [] : loaded.lines).toEqual([
    `${path}: is neither .hcl nor .json: rename it after its format, or give -config-format`,
  ]);
});

test('a pipe is not read again: nobody may be writing to it', () => {
  const pipe = join(folder, 'pipe.hcl');
  execFileSync('mkfifo', [pipe]);
  const loaded = load([pipe, '/dev/zero'], { again: true, format: 'hcl' });
  const refusal =
    'is a pipe or a device, which is not read again: give a regular file, or start the agent again';
  expect(loaded.ok ? [] : loaded.lines).toEqual([`${pipe}: ${refusal}`, `/dev/zero: ${refusal}`]);
});

test('regular files are read again as before, links to them too', () => {
  const path = file('agent.hcl', 'node_name = "again"');
  symlinkSync(path, join(folder, 'link.hcl'));
  const loaded = load([join(folder, 'link.hcl')], { again: true });
  expect(loaded.ok && loaded.config.nodeName).toBe('again');
});
