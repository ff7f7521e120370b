import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { openLmdbJournal } from './index.ts';
import { scratchDirectory } from './testing/scratch-directory.ts';

const program = new URL('testing/full-disk.ts', import.meta.url).pathname;

test('a disk that takes no more refuses writes, lets reads go on, and has kept what it took', async () => {
  using directory = scratchDirectory();
  const command = `ulimit -f 400; exec "${process.execPath}" "${program}" "${directory.path}"`;
  const { status, stdout } = spawnSync('sh', ['-c', command], { encoding: 'utf8' });
  expect(status).toBe(0);
  const report: { readonly acknowledged: number } = JSON.parse(stdout);
  const rowsTaken = report.acknowledged - 1;
  expect(report).toMatchObject({
    refusal: {
      code: 'unavailable',
      message: expect.stringMatching(/cannot be saved.*(File too large|Input\/output error)/),
    },
    second: 'unavailable',
    read: rowsTaken,
    logged: 1,
  });
  await using journal = await openLmdbJournal(directory.path);
  const { revision, rows } = await journal.load();
  expect([revision, [...rows].length]).toEqual([report.acknowledged, rowsTaken]);
}, 30_000);
