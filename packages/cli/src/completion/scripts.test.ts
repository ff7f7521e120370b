import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { completionScript, type Shell, shells } from './shells.ts';

const run = promisify(execFile);
const main = fileURLToPath(new URL('../main.ts', import.meta.url));

function isHere(program: string): boolean {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const here = folders.some((folder) => existsSync(join(folder, program)));
  if (!here) console.error(`SKIPPED: completion in ${program}: it is not on this machine`);
  return here;
}

const here: Readonly<Record<Shell, boolean>> = {
  bash: isHere('bash'),
  zsh: isHere('zsh'),
  fish: isHere('fish'),
};

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chancery-completion-'));
  const program = join(folder, 'chancery');
  await writeFile(program, `#!/bin/sh\nexec "${process.execPath}" "${main}" "$@"\n`);
  await chmod(program, 0o755);
  for (const shell of shells) {
    await writeFile(join(folder, shell), completionScript(shell, 'chancery'));
  }
});
afterAll(() => rm(folder, { recursive: true }));

const environment = () => ({
  ...process.env,
  HOME: folder,
  CONSUL_HTTP_ADDR: '127.0.0.1:1',
  PATH: `${folder}${delimiter}${process.env['PATH']}`,
});

/** What bash would offer: its function is called as bash calls it. */
async function inBash(line: string): Promise<readonly string[]> {
  const script = `
    source "${folder}/bash"
    COMP_LINE="$1" COMP_POINT=\${#1} COMP_WORDS=($1) COMP_CWORD=$((\${#COMP_WORDS[@]} - 1))
    _chancery_complete chancery "" ""
    printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout } = await run('bash', ['--norc', '-c', script, 'bash', line], {
    env: environment(),
  });
  return stdout.trimEnd().split('\n');
}

test.skipIf(!here.bash).for([
  ['chancery inten', ['intention']],
  ['chancery connect ca ', ['get-config', 'set-config']],
  ['chancery intention create -de', ['-deny']],
  ['chancery members -format=', ['json', 'pretty']],
] as const)('bash completes %s', async ([line, words]) => {
  expect(await inBash(line)).toEqual(words);
});

test.skipIf(!here.bash)('bash knows the function under the name of the program', async () => {
  const script = `source "${folder}/bash"; complete -p chancery`;
  const { stdout } = await run('bash', ['--norc', '-c', script], { env: environment() });
  expect(stdout).toBe('complete -F _chancery_complete chancery\n');
});

test.skipIf(!here.bash)('what stands in a line is completed and never run', async () => {
  const touched = join(folder, 'touched');
  await inBash(`chancery $(touch ${touched}) `);
  await inBash(`chancery ";touch ${touched};" `);
  expect(existsSync(touched)).toBe(false);
});

test.skipIf(!here.fish)('fish completes words with what is said of them', async () => {
  const script = `source ${folder}/fish; complete -C $argv[1]`;
  const args = ['--no-config', '-c', script, 'chancery intention create -de'];
  const { stdout } = await run('fish', args, { env: environment() });
  expect(stdout).toBe('-deny\tDeny the connection.\n');
});

test.skipIf(!here.zsh)('zsh understands its script', async () => {
  await run('zsh', ['-n', join(folder, 'zsh')], { env: environment() });
});
