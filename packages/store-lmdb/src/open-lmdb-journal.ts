import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import type { Journal } from '@chancery/store';
import { type Checkpoint, writeCheckpoint } from './checkpoint.ts';
import { checkDataFile } from './data-file.ts';
import type { Environment } from './environment.ts';
import { openLmdbEnvironment } from './lmdb-environment.ts';
import { LmdbJournal, type LmdbJournalOptions } from './lmdb-journal.ts';
import { lockDirectory } from './owner-lock.ts';

/** A journal on disk, which can be copied while it is in use. */
export interface DiskJournal extends Journal {
  /** Writes a verified copy into a new directory; it opens like the original. */
  checkpoint(path: string): Promise<Checkpoint>;
}

/**
 * Opens the journal in a directory, creating it when there is none. Directory and files can be read
 * by their owner alone.
 *
 * @throws Error when another process has it, it is damaged, or a newer version has written it.
 */
export async function openLmdbJournal(
  directory: string,
  { retention = 10_000 }: Partial<LmdbJournalOptions> = {},
): Promise<DiskJournal> {
  ensureDirectory(directory);
  const lock = lockDirectory(directory);
  let environment: Environment | undefined;
  try {
    environment = await openEnvironment(directory);
    return withCheckpoint(
      new LmdbJournal(environment, directory, { retention }),
      environment,
      lock,
    );
  } catch (error) {
    await environment?.close();
    lock[Symbol.dispose]();
    throw error;
  }
}

function withCheckpoint(journal: Journal, environment: Environment, lock: Disposable): DiskJournal {
  return {
    load: () => journal.load(),
    append: (batch) => journal.append(batch),
    history: (after) => journal.history(after),
    historyFloor: () => journal.historyFloor(),
    checkpoint: (path) => writeCheckpoint(environment, path, openEnvironment),
    async [Symbol.asyncDispose]() {
      await journal[Symbol.asyncDispose]();
      lock[Symbol.dispose]();
    },
  };
}

async function openEnvironment(directory: string): Promise<Environment> {
  ensureDirectory(directory);
  for (const name of ['data.mdb', 'lock.mdb']) restrict(join(directory, name));
  checkDataFile(join(directory, 'data.mdb'));
  return openLmdbEnvironment(directory);
}

function ensureDirectory(directory: string): void {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  chmodSync(directory, 0o700);
}

/** Creates a file before anyone else does, with the right mode; an empty one is as good as none. */
function restrict(path: string): void {
  closeSync(openSync(path, 'a', 0o600));
  chmodSync(path, 0o600);
}
