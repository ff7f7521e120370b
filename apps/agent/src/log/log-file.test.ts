import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { currentPath, openLogFile, rotationInterval } from './log-file.ts';

const day = 86_400_000;

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'chancery-log-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function unexpected(line: string): void {
  throw new Error(line);
}

function logs(): string[] {
  return readdirSync(folder).filter((name) => name.endsWith('.log'));
}

test.for([
  ['/var/log/', '/var/log/consul.log'],
  ['/var/log/agent', '/var/log/agent'],
  ['agent.txt', 'agent.txt'],
] as const)('%s is written to %s', ([given, path]) => {
  expect(currentPath(given)).toBe(path);
});

test.for([
  [day, '1d'],
  [7 * day, '7d'],
  [36 * 3_600_000, '1d'],
  [5 * 3_600_000, '4h'],
  [90 * 60_000, '1h'],
  [45_000, '30s'],
  [10, '1s'],
] as const)('a file is kept for %d ms: %s at most', ([ms, interval]) => {
  expect(rotationInterval(ms)).toBe(interval);
});

test('lines are there once the file is closed, behind those of an earlier run', async () => {
  const path = join(folder, 'new', 'agent.log');
  for (const line of ['one\n', 'two\n']) {
    await using file = await openLogFile({ path, rotateAfterMs: day }, unexpected);
    file.write(line);
  }
  expect(readFileSync(path, 'utf8')).toBe('one\ntwo\n');
});

test('a file that is full makes room, and no more than the wanted number is kept', async () => {
  const settings = { path: `${folder}/`, rotateAfterMs: day, rotateAtBytes: 10, keep: 2 };
  for (let count = 1; count <= 5; count++) {
    await using file = await openLogFile(settings, unexpected);
    file.write(`line ${count} of the log\n`);
  }
  expect(logs()).toEqual([
    expect.stringMatching(/^consul-\d+(-\d)?\.log$/),
    expect.stringMatching(/^consul-\d+(-\d)?\.log$/),
    'consul.log',
  ]);
});

test('none is kept where none is wanted', async () => {
  const settings = { path: join(folder, 'a.log'), rotateAfterMs: day, rotateAtBytes: 1, keep: 0 };
  {
    await using file = await openLogFile(settings, unexpected);
    file.write('line\n');
  }
  await expect.poll(logs).toEqual(['a.log']);
});

test('a place that cannot be written is refused', async () => {
  writeFileSync(join(folder, 'file'), '');
  mkdirSync(join(folder, 'x.log'));
  for (const path of [join(folder, 'file', 'a.log'), join(folder, 'x.log')]) {
    await expect(openLogFile({ path, rotateAfterMs: day }, unexpected)).rejects.toThrow(
      `the log file ${path} cannot be written: `,
    );
  }
});
