import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Environment } from './environment.ts';
import { LmdbJournal } from './lmdb-journal.ts';
import { scratchDirectory } from './testing/scratch-directory.ts';

const program = new URL('testing/commit-once.ts', import.meta.url).pathname;
const canTrace = spawnSync('strace', ['-f', '-o', '/dev/null', 'true']).status === 0;

/** The calls a program made to the file and what it said, in the order of their ends, as letters. */
function tracedCalls(directory: string): string {
  const trace = join(directory, 'trace');
  const calls = 'openat,pwrite64,pwritev,writev,fdatasync,fsync,msync,write';
  const { status, stderr } = spawnSync(
    'strace',
    [
      '-f',
      '-e',
      `trace=${calls}`,
      '-o',
      trace,
      process.execPath,
      program,
      join(directory, 'state'),
    ],
    { encoding: 'utf8' },
  );
  expect(stderr).toBe('');
  expect(status).toBe(0);
  const lines = whole(readFileSync(trace, 'utf8').split('\n'));
  const data = opened(lines, 'O_RDWR');
  const synchronous = opened(lines, 'O_DSYNC');
  return lines.map((line) => letter(line, data, synchronous)).join('');
}

/** The descriptors with which the data file was opened for writing so. */
function opened(lines: readonly string[], mode: string): string[] {
  const found = lines.map((line) => /^openat\(.*\/data\.mdb", ([A-Z_|]+).*\) = (\d+)/.exec(line));
  return found.flatMap((match) => {
    const [, flags = '', descriptor = ''] = match ?? [];
    return flags.includes(mode) ? [descriptor] : [];
  });
}

/** Calls that other threads interrupted, put together where they ended. */
function whole(lines: readonly string[]): string[] {
  const begun = new Map<string, string>();
  return lines.flatMap((line) => {
    const [, thread = '', text = ''] = /^(\d+)\s+(.*)$/.exec(line) ?? [];
    if (text.endsWith('<unfinished ...>')) {
      begun.set(thread, text.replace('<unfinished ...>', ''));
      return [];
    }
    return [text.replace(/^<\.\.\. \w+ resumed>/, () => begun.get(thread) ?? '')];
  });
}

/** `w` a write of pages, `s` a sync, `m` a synchronous write of the page that makes them count, `a` an acknowledgement. */
function letter(line: string, data: readonly string[], synchronous: readonly string[]): string {
  if (line.includes('"acknowledged')) return 'a';
  const [, call = '', file = ''] = /^(\w+)\((\d+).* = \d+$/.exec(line) ?? [];
  if (call.includes('sync')) return data.includes(file) ? 's' : '';
  if (!call.includes('write')) return '';
  if (synchronous.includes(file)) return 'm';
  return data.includes(file) ? 'w' : '';
}

test.skipIf(!canTrace)(
  'the calls to the kernel show that pages are synced, then made to count, then acknowledged',
  () => {
    using directory = scratchDirectory();
    const calls = tracedCalls(directory.path);
    expect(calls).toMatch(/w+sma(w+sma){2}$/);
  },
  60_000,
);

test('a batch is taken only when the environment has synced it', async () => {
  const synced = Promise.withResolvers<void>();
  const calls: string[] = [];
  const environment: Environment = {
    read: () => undefined,
    range: () => [],
    async write(_writes, check) {
      check();
      calls.push('written');
      await synced.promise;
      calls.push('synced');
    },
    async close() {},
  };
  const journal = new LmdbJournal(environment, 'here', { retention: 10 });
  const appended = journal.append([{ revision: 2, writes: [] }]).then(() => calls.push('taken'));
  await new Promise(setImmediate);
  expect(calls).toEqual(['written']);
  expect((await journal.load()).revision).toBe(1);
  synced.resolve();
  await appended;
  expect(calls).toEqual(['written', 'synced', 'taken']);
  expect((await journal.load()).revision).toBe(2);
});
