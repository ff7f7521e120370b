import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { runEnvoy } from './run-envoy.ts';

let folder: string;
let temporary: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chancery-run-'));
  temporary = join(folder, 'tmp');
  await mkdir(temporary);
  vi.stubEnv('TMPDIR', temporary);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

/** A program that takes Envoy's place: it is called with `--config-path FILE …`. */
async function standIn(script: string): Promise<string> {
  const path = join(folder, 'envoy');
  await writeFile(path, `#!/bin/sh\ncd ${folder}\n${script}\n`, { mode: 0o755 });
  return path;
}

const run = (binary: string, bootstrap = {}, args: readonly string[] = []): Promise<number> =>
  runEnvoy({ binary, bootstrap, args, stdio: 'ignore' });

test('Envoy gets the whole bootstrap, which nobody else can read and which is gone once it is read', async () => {
  const binary = await standIn('ls -l "$2" > mode; cat "$2" > read; ls "$2" > after; exit 0');
  const bootstrap = { node: { id: 'web' }, padding: 'x'.repeat(300_000) };
  expect(await run(binary, bootstrap)).toBe(0);
  expect(JSON.parse(await readFile(join(folder, 'read'), 'utf8'))).toEqual(bootstrap);
  expect(await readFile(join(folder, 'mode'), 'utf8')).toMatch(/^prw-------/);
  expect(await readdir(temporary)).toEqual([]);
});

test('no token is among the arguments', async () => {
  const binary = await standIn('echo "$@" > arguments; cat "$2" > /dev/null');
  await run(binary, { token: 's3cret' }, ['-l', 'debug']);
  const args = await readFile(join(folder, 'arguments'), 'utf8');
  expect(args).toMatch(/^--config-path \S+bootstrap\.json --disable-hot-restart -l debug\n$/);
});

test.for([[['--restart-epoch', '1']], [['--base-id=7']], [['--disable-hot-restart']]])(
  'hot restart is left to the user who speaks of it: %j',
  async ([args]) => {
    const binary = await standIn('echo "$@" > arguments; cat "$2" > /dev/null');
    await run(binary, {}, args);
    const words = (await readFile(join(folder, 'arguments'), 'utf8')).trim().split(' ').slice(2);
    expect(words).toEqual(args);
  },
);

test('the exit code is that of Envoy, and 128 + n for a signal', async () => {
  expect(await run(await standIn('cat "$2" > /dev/null; exit 7'))).toBe(7);
  expect(await run(await standIn('cat "$2" > /dev/null; kill -9 $$'))).toBe(137);
});

test('an Envoy that ends before it reads leaves nothing behind', async () => {
  expect(await run(await standIn('exit 1'))).toBe(1);
  expect(await readdir(temporary)).toEqual([]);
});

test('a binary that cannot be started is an error, and leaves nothing behind', async () => {
  await expect(run(join(folder, 'absent'))).rejects.toThrow('ENOENT');
  expect(await readdir(temporary)).toEqual([]);
});

test.for(['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR1'] as const)(
  '%s goes on to Envoy',
  async (signal) => {
    const binary = await standIn(
      `trap 'exit 42' ${signal.slice(3)}; cat "$2" > /dev/null; echo ready; while :; do sleep 0.05; done`,
    );
    const runner = new URL('run-envoy.ts', import.meta.url).href;
    const program = `import { runEnvoy } from ${JSON.stringify(runner)};
    process.exitCode = await runEnvoy({ binary: ${JSON.stringify(binary)}, bootstrap: {}, args: [] });`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    child.kill(signal);
    const [code] = await once(child, 'exit');
    expect(code).toBe(42);
    expect(await readdir(temporary)).toEqual([]);
  },
);

test('an Envoy whose bootstrap could not be handed over is ended, and that is an error', async () => {
  const binary = await standIn('mv "$2" "$2.away"; mkdir "$2"; exec sleep 60');
  await expect(run(binary)).rejects.toThrow();
});
