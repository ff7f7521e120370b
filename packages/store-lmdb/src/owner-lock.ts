import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/**
 * Makes this process the only owner of a directory until disposed of.
 *
 * Node has no call to lock a file, but SQLite takes a lock of the operating system, which ends with
 * the process however that ends. So an otherwise empty SQLite file is kept locked; nothing is stored in it.
 *
 * @throws Error when the directory has an owner.
 */
export function lockDirectory(directory: string): Disposable {
  const lock = new DatabaseSync(join(directory, 'owner.lock'));
  const owner = join(directory, 'owner.pid');
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (cause) {
    lock.close();
    if (!isBusy(cause)) throw new Error(`cannot lock ${directory}`, { cause });
    throw new Error(`the directory ${directory} is in use by another process${named(owner)}`, {
      cause,
    });
  }
  writeFileSync(owner, `${process.pid}\n`, { mode: 0o600 });
  return {
    [Symbol.dispose]: () => {
      lock.close();
    },
  };
}

const sqliteBusy = 5;

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === sqliteBusy;
}

/** For people only: the lock is what counts. */
function named(file: string): string {
  try {
    return ` (process ${readFileSync(file, 'utf8').trim()})`;
  } catch {
    return '';
  }
}
