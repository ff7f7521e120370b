import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { chancery } from '../testing/stub-agent.ts';

let home = '';
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'chancery-home-'));
});
afterEach(() => rm(home, { recursive: true }));

const printed = (line: string) => chancery(line, undefined, { HOME: home });

test.for(['bash', 'zsh', 'fish'])('a script for %s calls the program back', async (shell) => {
  const { code, out } = await chancery(`completion ${shell}`);
  expect(code).toBe(0);
  expect(out).toContain(`__complete ${shell}`);
  const renamed = await chancery(`completion -name consul ${shell}`);
  expect(renamed.out).toMatch(/\bconsul\b/);
  expect(renamed.out).not.toMatch(/(complete -c|complete -F \S+|#compdef|compdef \S+) chancery/);
});

test.for([
  ['completion', 'Name one shell: bash, zsh, fish; or -install it for every shell that you use'],
  [
    'completion tcsh',
    'Name one shell: bash, zsh, fish; or -install it for every shell that you use',
  ],
  [
    'completion -name a;b bash',
    'invalid value "a;b" for flag -name: it must be the name of a command',
  ],
  ['completion -install bash', 'A shell is named to print its script, not to install it'],
  ['completion -uninstall', 'not installed for any shell'],
] as const)('%s is refused: %s', async ([line, err]) => {
  expect(await printed(line)).toEqual({ code: 1, out: '', err });
});

test('a home without shells is told what to do', async () => {
  const { code, err } = await printed('-autocomplete-install');
  expect(code).toBe(1);
  expect(err).toContain('"chancery completion SHELL" prints a script');
});

test('it is installed for the shells that are in use, once, and taken away without a trace', async () => {
  const bashrc = join(home, '.bashrc');
  await writeFile(bashrc, 'export A=1');
  await mkdir(join(home, '.config/fish'), { recursive: true });
  const installed = await printed('-autocomplete-install');
  expect(installed).toMatchObject({ code: 0, err: '' });
  const script = join(home, '.local/share/chancery/chancery-completion.bash');
  const line = `[ -f "${script}" ] && . "${script}" # chancery completion`;
  expect(await readFile(bashrc, 'utf8')).toBe(`export A=1\n${line}\n`);
  expect(await readFile(script, 'utf8')).toContain('complete -F');
  const fish = join(home, '.config/fish/completions/chancery.fish');
  expect(await readFile(fish, 'utf8')).toContain('complete -c chancery');

  const again = await printed('-autocomplete-install');
  expect(again.code).toBe(1);
  expect(again.err).toContain('already installed for bash');
  expect(await readFile(bashrc, 'utf8')).toBe(`export A=1\n${line}\n`);

  expect((await printed('-autocomplete-uninstall')).out).toBe(
    'Uninstalled for bash\nUninstalled for fish',
  );
  expect(await readFile(bashrc, 'utf8')).toBe('export A=1\n');
  await expect(readFile(script)).rejects.toThrow('ENOENT');
  await expect(readFile(fish)).rejects.toThrow('ENOENT');
});
