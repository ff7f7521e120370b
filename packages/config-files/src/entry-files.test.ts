import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { entriesOfText, type FileEntries, readEntries } from './entry-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'entries-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The entries as `kind/name (origin)`, then the notes; or the mistakes. */
function told(read: FileEntries): readonly string[] {
  if (!read.ok) return read.lines;
  const entries = read.entries.map(
    ({ entry, origin }) => `${entry.kind}/${entry.name} (${origin})`,
  );
  return [...entries, ...read.notes];
}

function written(name: string, text: string): string {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, text);
  return path;
}

test.each([
  ['kind = "service-defaults"\nname = "web"', ['service-defaults/web (x)']],
  ['{"Kind": "service-defaults", "Name": "web"}', ['service-defaults/web (x)']],
  [
    '[\n  {"Kind": "service-defaults", "Name": "web"},\n  {"kind": "mesh"}\n]',
    ['service-defaults/web (x:2:3)', 'mesh/mesh (x:3:3)'],
  ],
  [
    'config_entries {\n  bootstrap = [\n    { kind = "mesh" },\n    { kind = "service-defaults", name = "a" }\n  ]\n}',
    ['mesh/mesh (x:3:5)', 'service-defaults/a (x:4:5)'],
  ],
  [
    'config_entries {\n  bootstrap {\n    kind = "mesh"\n  }\n  bootstrap {\n    kind = "service-defaults"\n    name = "a"\n  }\n}',
    ['mesh/mesh (x:2:3)', 'service-defaults/a (x:5:3)'],
  ],
  ['{"ConfigEntries": {"Bootstrap": [{"Kind": "mesh"}]}}', ['mesh/mesh (x:1:34)']],
  ['[]', []],
])('%j holds %j', (text, entries) => {
  expect(told(entriesOfText('x', text))).toEqual(entries);
});

test.each([
  [
    'kind = "service-defaults"\nname = "web"\nprotocool = "http"',
    'x:3:1: protocool: unknown key "protocool"; did you mean "protocol"?',
  ],
  [
    '[\n  {"kind": "mesh"},\n  {"kind": "service-defaults", "name": "a",\n   "protocol": 5}\n]',
    'x:4:16: protocol: ',
  ],
  ['[\n  {"kind": "mesh"},\n  oops\n]', 'x:3:3: '],
  ['config_entries {\n  bootstrap = [{ kind = "nothing" }]\n}', 'x:2:'],
  ['service {\n  name = "web"\n}', 'x:1:1: this is no config entry: Kind is missing'],
  ['', 'x:1:1: this is no config entry: Kind is missing'],
  ['[\n  {"Name": "web"}\n]', 'x:2:3: this is no config entry: Kind is missing'],
])('a mistake in %j is told with its place', (text, begin) => {
  const [line] = told(entriesOfText('x', text));
  expect(line?.slice(0, begin.length)).toBe(begin);
});

test('what else an agent is configured with is left alone, and that is said', () => {
  const text = 'node_name = "n"\nconfig_entries { bootstrap = [{ kind = "mesh" }] }';
  expect(told(entriesOfText('x', text))).toEqual([
    'mesh/mesh (x:2:31)',
    'x: node_name is no matter of config entries, so it is left alone',
  ]);
});

test('a folder is read in the order of names; what is not read of it is named', () => {
  const entry = (name: string) => `kind = "service-defaults"\nname = "${name}"`;
  const b = written('many/b.hcl', entry('b'));
  const a = written('many/a.json', '{"Kind": "service-defaults", "Name": "a"}');
  const other = written('many/README.md', 'text');
  written('many/deeper/c.hcl', entry('c'));
  const many = join(folder, 'many');
  expect(told(readEntries([many, b]))).toEqual([
    `service-defaults/a (${a})`,
    `service-defaults/b (${b})`,
    `skipping file ${other}: it is neither .hcl nor .json`,
    `skipping folder ${join(many, 'deeper')}: folders within a folder are not read`,
  ]);
});

test('a folder without a file to read is a mistake', () => {
  const empty = join(folder, 'empty');
  mkdirSync(join(empty, 'deeper'), { recursive: true });
  written('empty/README.md', 'text');
  expect(told(readEntries([empty]))).toEqual([`${empty}: no .hcl or .json file is in this folder`]);
});

test('a file that is named is read whatever its name, and standard input where it is asked for', () => {
  const odd = written('odd.txt', '{"Kind": "mesh"}');
  expect(told(readEntries(['-', odd], '{"Kind": "service-defaults", "Name": "a"}'))).toEqual([
    'service-defaults/a (<stdin>)',
    `mesh/mesh (${odd})`,
  ]);
});

test('the mistakes of all files are told at once, and what cannot be read is one', () => {
  const first = written('first.hcl', 'kind = ');
  const second = written('second.hcl', 'kind = "nothing"');
  const lines = told(readEntries([first, second, join(folder, 'none.hcl')]));
  expect(lines).toHaveLength(3);
  expect(lines[0]).toContain(`${first}:1:`);
  expect(lines[1]).toContain(`${second}:1:`);
  expect(lines[2]).toBe(`${join(folder, 'none.hcl')}: no such file or folder`);
});
