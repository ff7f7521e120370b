import { chmodSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** The directories this process owns. */
const owned = new Set<string>();

/**
 * Makes one owner of a directory, until disposed of.
 *
 * Node has no call to lock a file, but SQLite takes a lock of the operating system, which ends with
 * the process however that ends. So an otherwise empty SQLite file is kept locked; nothing is stored
 * in it. Nothing else in this process may open that file: closing it again would end the lock, a rule
 * of POSIX. That is why the directories owned are remembered as well.
 *
 * @throws Error when the directory has an owner.
 */
export function lockDirectory(directory: string): Disposable {
  const place = realpathSync(directory);
  const pidFile = join(place, 'owner.pid');
  if (owned.has(place)) throw inUse(directory, pidFile);
  const lock = new DatabaseSync(join(place, 'owner.lock'));
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (cause) {
    lock.close();
    if (isBusy(cause)) throw inUse(directory, pidFile, cause);
    throw new Error(`the directory ${directory} cannot be locked`, { cause });
  }
  owned.add(place);
  chmodSync(join(place, 'owner.lock'), 0o600);
  writeFileSync(pidFile, `${process.pid}\n`, { mode: 0o600 });
  return {
    [Symbol.dispose]: () => {
      owned.delete(place);
      lock.close();
    },
  };
}

const sqliteBusy = 5;

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === sqliteBusy;
}

function inUse(directory: string, pidFile: string, cause?: unknown): Error {
  return new Error(`the directory ${directory} is in use by another agent${owner(pidFile)}`, {
    cause,
  });
}

/** For people only: the lock is what counts. */
function owner(pidFile: string): string {
  try {
    return ` (process ${readFileSync(pidFile, 'utf8').trim()})`;
  } catch {
    return '';
  }
}
