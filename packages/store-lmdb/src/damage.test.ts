import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commit, openStore, put } from '@chancery/store';
import { expect, test } from 'vitest';
import { checkDataFile } from './data-file.ts';
import { openLmdbJournal } from './index.ts';
import { openLmdbEnvironment } from './lmdb-environment.ts';
import { metaWrite } from './meta.ts';
import { rowAddress } from './record.ts';
import { pairs } from './testing/pairs.ts';
import { scratchDirectory } from './testing/scratch-directory.ts';

const by = { principal: { name: 'ann' } };
const loadProgram = new URL('testing/load.ts', import.meta.url).pathname;

/** A journal of some hundred pages: small rows, large rows and freed pages. */
async function filled(path: string, commits = 20): Promise<void> {
  const journal = await openLmdbJournal(path);
  await using store = await openStore({ tables: [pairs], journal, now: () => 7 });
  for (let n = 0; n < commits; n += 1) {
    const rows = Array.from({ length: 20 }, (_, index) => {
      return { key: `k${(n * 7 + index) % 300}`, n, padding: 'x'.repeat((n * index * 31) % 6000) };
    });
    await store.commit(
      () =>
        commit(
          rows.map((row) => put(pairs, row)),
          0,
        ),
      undefined,
      by,
    );
  }
}

async function rowsAt(path: string): Promise<number> {
  await using journal = await openLmdbJournal(path);
  return [...(await journal.load()).rows].length;
}

test('a data file cut anywhere is an error that names it, and never the end of the process', async () => {
  using directory = scratchDirectory();
  const whole = join(directory.path, 'whole');
  await filled(whole);
  const file = readFileSync(join(whole, 'data.mdb'));
  const sizes = [1, 100, 4096, 8192, 8193, 20_000, file.length - 4096, file.length - 1];
  for (const size of sizes) {
    const cut = join(directory.path, `cut-${size}`);
    cpSync(whole, cut, { recursive: true });
    truncateSync(join(cut, 'data.mdb'), size);
    const { status, signal, stdout } = spawnSync(process.execPath, [loadProgram, cut], {
      encoding: 'utf8',
    });
    expect([size, status, signal]).toEqual([size, 0, null]);
    expect(stdout).toContain(`${join(cut, 'data.mdb')} is damaged`);
  }
}, 60_000);

test('a page of noise is found before it is used', async () => {
  using directory = scratchDirectory();
  await filled(directory.path, 10);
  const path = join(directory.path, 'data.mdb');
  const file = readFileSync(path);
  let found = 0;
  for (let page = 2; page < file.length / 4096; page += 11) {
    const damaged = Buffer.from(file);
    damaged.fill(0xa5, page * 4096, (page + 1) * 4096);
    writeFileSync(path, damaged);
    try {
      checkDataFile(path);
    } catch (error) {
      expect(String(error)).toContain(`${path} is damaged`);
      found += 1;
    }
  }
  // The others are free, or the later pages of large rows, whose records have checksums.
  expect(found).toBeGreaterThan(0);
});

test('a healthy file passes after every kind of commit', async () => {
  using directory = scratchDirectory();
  for (const commits of [1, 2, 3, 5, 8, 13]) {
    await filled(directory.path, commits);
    checkDataFile(join(directory.path, 'data.mdb'));
  }
});

test('a record that is not what was written is an error that names file and row', async () => {
  using directory = scratchDirectory();
  await filled(directory.path, 3);
  const environment = await openLmdbEnvironment(directory.path);
  const key = rowAddress('pairs', 'k5');
  const value = Buffer.from(environment.read('rows', key) ?? '');
  value.writeUInt8(value.readUInt8(9) ^ 1, 9);
  await environment.write([{ database: 'rows', key, value }], () => {});
  await environment.close();
  await expect(rowsAt(directory.path)).rejects.toThrow(
    `${directory.path}: the record of row "pairs/k5" is damaged`,
  );
});

test('a journal of a newer version is refused with what to do about it', async () => {
  using directory = scratchDirectory();
  await filled(directory.path, 1);
  const environment = await openLmdbEnvironment(directory.path);
  await environment.write([metaWrite({ schema: 2, revision: 1, historyFloor: 0 })], () => {});
  await environment.close();
  await expect(openLmdbJournal(directory.path)).rejects.toThrow(
    'was written by a newer version (schema 2, this one knows up to 1); use that version, or an empty directory',
  );
  await expect(openLmdbJournal(directory.path), 'it is not left locked').rejects.toThrow('newer');
});

test('rows of a table this version does not know keep the store from opening', async () => {
  using directory = scratchDirectory();
  await filled(directory.path, 1);
  const journal = await openLmdbJournal(directory.path);
  await expect(openStore({ tables: [], journal, now: () => 7 })).rejects.toThrow(
    'the journal holds rows of a table "pairs" that this version does not know',
  );
  await expect(rowsAt(directory.path), 'the journal was closed').resolves.toBe(20);
});

test('directory and files are for their owner alone', async () => {
  using directory = scratchDirectory();
  const path = join(directory.path, 'state');
  await filled(path, 1);
  const modes = ['.', 'data.mdb', 'lock.mdb', 'owner.lock', 'owner.pid'].map(
    (name) => statSync(join(path, name)).mode & 0o777,
  );
  expect(modes).toEqual([0o700, 0o600, 0o600, 0o600, 0o600]);
});

test('a directory is refused a second time within a process, and the first keeps it', async () => {
  using directory = scratchDirectory();
  await using journal = await openLmdbJournal(directory.path);
  await expect(openLmdbJournal(directory.path)).rejects.toThrow('in use by another agent');
  const { stdout } = spawnSync(process.execPath, [loadProgram, directory.path], {
    encoding: 'utf8',
  });
  expect(stdout).toContain('in use by another agent');
  expect((await journal.load()).revision).toBe(1);
}, 30_000);
