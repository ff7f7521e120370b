import { execFile } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createDataFolder } from './data-folder.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'chancery-data-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('a data directory is made, parents included, for its user alone', async () => {
  const path = join(folder, 'var', 'lib', 'chancery');
  await createDataFolder(path);
  expect(statSync(path).mode & 0o777).toBe(0o700);
});

test('one that is there is left as it is', async () => {
  writeFileSync(join(folder, 'kept'), '');
  await createDataFolder(folder);
  expect(existsSync(join(folder, 'kept'))).toBe(true);
});

test('a file in its place is refused', async () => {
  const path = join(folder, 'file');
  writeFileSync(path, '');
  await expect(createDataFolder(path)).rejects.toThrow(
    `the data directory ${path} is a file: choose another with -data-dir`,
  );
});

test.runIf(existsSync('/proc/self'))(
  'one that cannot be made is refused, and at once',
  async () => {
    await expect(createDataFolder('/proc/chancery')).rejects.toThrow('cannot be made');
  },
);

test.skipIf(process.platform === 'win32')(
  'one that its user may not write is refused, in a process that is not root',
  async () => {
    chmodSync(folder, 0o500);
    const script = `
      const { createDataFolder } = await import(${JSON.stringify(new URL('data-folder.ts', import.meta.url).href)});
      if (process.getuid() === 0) process.setuid(65534);
      await createDataFolder(${JSON.stringify(folder)}).catch(({ message }) => console.log(message));`;
    const node = promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
    expect((await node).stdout).toBe(
      `the data directory ${folder} may not be written by this user: choose another with -data-dir\n`,
    );
    chmodSync(folder, 0o700);
  },
);
