import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openLmdbJournal } from './index.ts';
import { openLmdbEnvironment } from './lmdb-environment.ts';
import { scratchDirectory } from './testing/scratch-directory.ts';

const entries = [2, 3, 4].map((revision) => ({
  revision,
  writes: [
    { table: 't', key: `${revision}`, created: revision, modified: revision, row: { revision } },
  ],
  history: { revision, at: 5, by: 'ann', changes: [] },
}));

test('a checkpoint is taken while the journal is in use, and opens like it', async () => {
  using directory = scratchDirectory();
  const copy = join(directory.path, 'copy');
  await using journal = await openLmdbJournal(join(directory.path, 'state'));
  await journal.append(entries);
  const checkpoint = await journal.checkpoint(copy);
  expect(checkpoint).toMatchObject({ path: copy, revision: 4, records: 7 });
  await journal.append([{ revision: 5, writes: [] }]);
  await using copied = await openLmdbJournal(copy);
  const { revision, rows } = await copied.load();
  expect(revision).toBe(4);
  expect([...rows].map(({ row }) => row)).toEqual([
    { revision: 2 },
    { revision: 3 },
    { revision: 4 },
  ]);
  const history: number[] = [];
  for await (const one of copied.history(0)) history.push(one.revision);
  expect(history).toEqual([2, 3, 4]);
});

test('a damaged journal has no checkpoint', async () => {
  using directory = scratchDirectory();
  const state = join(directory.path, 'state');
  {
    await using journal = await openLmdbJournal(state);
    await journal.append(entries);
  }
  const environment = await openLmdbEnvironment(state);
  const key = Buffer.from('t\0=3');
  await environment.write([{ database: 'rows', key, value: Buffer.from('nonsense') }], () => {});
  await environment.close();
  await using journal = await openLmdbJournal(state);
  const copy = join(directory.path, 'copy');
  await expect(journal.checkpoint(copy)).rejects.toThrow('a record of "rows" is damaged');
  expect(existsSync(copy)).toBe(false);
});

test('a checkpoint does not write over what is there', async () => {
  using directory = scratchDirectory();
  await using journal = await openLmdbJournal(join(directory.path, 'state'));
  await expect(journal.checkpoint(directory.path)).rejects.toThrow('exists already');
});
