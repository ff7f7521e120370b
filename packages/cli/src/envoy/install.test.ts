import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { installedEnvoy } from '@chancery/envoy-runner';
import { expect, onTestFinished, test } from 'vitest';
import { run } from '../run.ts';

test('an Envoy that was installed before is not installed again', async () => {
  const home = mkdtempSync(join(tmpdir(), 'chancery-home-'));
  onTestFinished(() => rmSync(home, { recursive: true }));
  const binary = installedEnvoy(home);
  mkdirSync(dirname(binary), { recursive: true });
  writeFileSync(binary, '#!/bin/sh\n', { mode: 0o755 });
  const lines: string[] = [];
  const io = {
    out: (line: string) => lines.push(line),
    err: (line: string) => lines.push(`error: ${line}`),
    environment: { XDG_DATA_HOME: home },
  };
  expect(await run(['envoy', 'install'], io)).toBe(0);
  expect(lines).toEqual([`Envoy is installed already: ${binary}`]);
});
