import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { moduleFaults } from './module-faults.ts';
import { runCommand } from './run-command.ts';

function projectWith(sources: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(join(tmpdir(), 'chancery-modules-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, 'out'));
  const modules = Object.entries(sources).map(([stem, source]) => {
    writeFileSync(join(folder, 'out', `${stem}.js`), source);
    return { package: '@chancery/hcl', what: stem, stem, source };
  });
  return { folder, modules };
}

test('a module that throws or imports what is not there is a fault, under each Node', async () => {
  const { folder, modules } = projectWith({
    fine: 'export {};',
    throws: 'throw new Error("no such thing");',
    lost: 'import "@chancery/lost";',
  });
  const found = await moduleFaults(folder, modules, [process.execPath, process.execPath]);
  expect(found.map(({ where }) => where).sort()).toEqual([
    '@chancery/hcl, lost',
    '@chancery/hcl, lost',
    '@chancery/hcl, throws',
    '@chancery/hcl, throws',
  ]);
  expect(found.find(({ where }) => where.endsWith('throws'))?.what).toContain('no such thing');
});

test('a command that does not end has failed', async () => {
  const { folder } = projectWith({});
  const { ok, output } = await runCommand(
    folder,
    500,
    process.execPath,
    '-e',
    'setInterval(() => {}, 1e6)',
  );
  expect(ok).toBe(false);
  expect(output).toContain('not finished after 0.5 s');
});

test('a command that cannot be started is an error', async () => {
  const { folder } = projectWith({});
  await expect(runCommand(folder, 500, join(folder, 'none'))).rejects.toThrow('ENOENT');
});
