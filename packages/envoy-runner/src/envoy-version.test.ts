import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { envoyVersion } from './envoy-version.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'envoy-version-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function program(text: string): Promise<string> {
  const path = join(folder, 'envoy');
  await writeFile(path, `#!/bin/sh\n${text}\n`);
  await chmod(path, 0o755);
  return path;
}

test('a program tells its version as Envoy does, or is none', async () => {
  const told = 'envoy  version: 0123abcd/1.40.0/Clean/RELEASE/BoringSSL';
  expect(await envoyVersion(await program(`echo '${told}'`))).toBe('1.40.0');
  expect(await envoyVersion(await program('echo hello'))).toBeUndefined();
  expect(await envoyVersion(await program(`echo '${told}'; exit 1`))).toBeUndefined();
  expect(await envoyVersion(join(folder, 'missing'))).toBeUndefined();
});

test('a program that hangs is killed when nobody waits any more', async () => {
  const stopping = new AbortController();
  const asked = envoyVersion(await program('exec sleep 60'), stopping.signal);
  stopping.abort();
  expect(await asked).toBeUndefined();
});
