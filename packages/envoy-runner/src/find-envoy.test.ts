import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { installedEnvoy } from './data-home.ts';
import { findEnvoy } from './find-envoy.ts';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'chancery-find-'));
});
afterEach(() => rm(home, { recursive: true }));

async function program(path: string, mode = 0o755): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, '#!/bin/sh\n', { mode });
  return path;
}

test('the flag goes before the environment, that before PATH, and that before the installed copy', async () => {
  const flag = await program(join(home, 'flag'));
  const env = await program(join(home, 'env'));
  const onPath = await program(join(home, 'bin', 'envoy'));
  const installed = await program(installedEnvoy(home));
  const path = `/nowhere:${dirname(onPath)}`;
  const find = (places: object) => findEnvoy({ dataHome: home, ...places });
  expect(await find({ flag, env, path })).toEqual({
    ok: true,
    binary: flag,
    from: '-envoy-binary',
  });
  expect(await find({ env, path })).toEqual({ ok: true, binary: env, from: 'CHANCERY_ENVOY' });
  expect(await find({ path })).toEqual({ ok: true, binary: onPath, from: 'PATH' });
  expect(await find({})).toEqual({ ok: true, binary: installed, from: 'installed' });
});

test('a bare name is looked up on PATH', async () => {
  const binary = await program(join(home, 'bin', 'envoy-debug'));
  const found = await findEnvoy({ flag: 'envoy-debug', path: dirname(binary), dataHome: home });
  expect(found).toEqual({ ok: true, binary, from: '-envoy-binary' });
});

test('what was named and is no program is refused, not passed over', async () => {
  const onPath = await program(join(home, 'bin', 'envoy'));
  const text = await program(join(home, 'text'), 0o644);
  for (const flag of [text, home, join(home, 'absent')]) {
    expect(await findEnvoy({ flag, path: dirname(onPath), dataHome: home })).toEqual({
      ok: false,
      reason: 'wrong',
      message: `-envoy-binary names ${flag}, which is no program`,
    });
  }
});

test('where there is none, the ways to get one are named', async () => {
  const found = await findEnvoy({ path: '/nowhere', dataHome: home });
  expect(found).toMatchObject({ ok: false, reason: 'none' });
  expect(found).toHaveProperty('message', expect.stringContaining('chancery envoy install'));
});
