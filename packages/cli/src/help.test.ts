import { describe, expect, test } from 'vitest';
import { commands } from './commands.ts';
import { chancery } from './testing/stub-agent.ts';
import { commandUsage } from './usage.ts';

const there = commands.filter(({ isMissing }) => !isMissing);
const missing = commands.filter(({ isMissing }) => isMissing);

test('the overview lists every command, what shows the mesh first, the others in order, and what is not there yet by name', async () => {
  const { code, out } = await chancery('-h');
  expect(code).toBe(0);
  const listed = out.split('\n').filter((line) => /^ {2}\S.* {2}\S/.test(line));
  const names = listed.map((line) => line.trim().split(/ {2,}/)[0]);
  const paths = [...there.map(({ path }) => path.join(' ')), 'agent', 'status'];
  expect([...names].sort()).toEqual(paths.sort());
  expect(names.slice(0, 3)).toEqual(['status', 'proxies', 'explain']);
  const others = names.slice(names.indexOf('agent'));
  expect(others).toEqual([...others].sort());
  const [, tail = ''] = out.split('Not there yet:');
  for (const { path } of missing) expect(tail).toMatch(new RegExp(`\\b${path.join(' ')}\\b`));
});

describe.each(there)('chancery $path', ({ path, summary, load }) => {
  test('explains itself: usage, one paragraph, its flags in a table, an example', async () => {
    const { flags } = await load();
    const { code, out, err } = await chancery([...path, '-h']);
    expect([code, err]).toEqual([0, '']);
    const [usage = '', about = '', ...sections] = out.split('\n\n');
    expect(usage).toMatch(new RegExp(`^Usage: chancery ${path.join(' ')}( .*)?$`));
    expect(about).toMatch(/^[A-Z][^\n]*\.$/);
    expect(sections.at(-2)).toMatch(/^Examples?:$/);
    for (const line of (sections.at(-1) ?? '').split('\n')) {
      expect(line).toMatch(new RegExp(`^  chancery ${path[0]} ?`));
    }
    const rows = sections
      .join('\n')
      .split('\n')
      .filter((line) => line.startsWith('  -'));
    expect(rows).toHaveLength(flags.length);
    for (const row of rows) expect(row).toMatch(/^ {2}-[a-z-]+(=<[^>]+>)? +\S.*\.$/);
    expect(summary).toMatch(/^[A-Z][^.]+$/);
  });

  test('fits a terminal, but for examples, which are to be copied', async () => {
    const [shown = ''] = commandUsage(path, await load(), 80).split(/\nExamples?:\n/);
    for (const line of shown.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });

  test('its examples are command lines that its flags allow', async () => {
    const { examples = [], flags } = await load();
    const names = flags.map(({ name }) => name);
    for (const example of examples) {
      expect(example.startsWith(path.join(' '))).toBe(true);
      const [own = ''] = example.split(' -- ');
      for (const [, flag] of own.matchAll(/ --?([a-z-]+)/g)) expect(names).toContain(flag);
    }
  });

  test('a flag that it does not know is suggested or pointed at', async () => {
    const { failureCode = 1 } = await load();
    const { code, err } = await chancery([...path, '-http-adr', 'x']);
    expect(code).toBe(failureCode);
    expect(err).toMatch(/^flag provided but not defined: -http-adr: (did you mean|chancery .* -h)/);
  });
});

test.each(missing)('chancery $path says in one sentence why it is not there', async ({ path }) => {
  const { code, out, err } = await chancery([...path, 'put', '-some-flag', 'x']);
  expect([code, out]).toEqual([1, '']);
  expect(err).toMatch(new RegExp(`^chancery ${path.join(' ')} is not there yet: [^\n]+\\.$`));
  expect(await chancery([...path, '-h'])).toMatchObject({ code: 0, err: '' });
});
