import type { Database } from 'lmdb';
import type { DatabaseName, Environment } from './environment.ts';

/**
 * Opens the environment in a directory.
 *
 * `overlappingSync` is off so that a commit is the sync: LMDB then syncs its pages before it writes,
 * synchronously, the page that makes them count, and only after that does the promise resolve.
 * `eventTurnBatching` is off since it makes promises that nobody waits for, which end the process when
 * a commit fails.
 */
export async function openLmdbEnvironment(path: string): Promise<Environment> {
  const { open } = await import('lmdb');
  const root = open({
    path,
    // By default a path with a dot in its last part is taken for a file.
    noSubdir: false,
    encoding: 'binary',
    keyEncoding: 'binary',
    maxDbs: 4,
    overlappingSync: false,
    eventTurnBatching: false,
  });
  const database = (name: DatabaseName): Database<Buffer, Buffer> =>
    root.openDB({ name, encoding: 'binary', keyEncoding: 'binary' });
  const databases = {
    rows: database('rows'),
    history: database('history'),
    meta: database('meta'),
  };

  return {
    read: (name, key) => databases[name].get(key),
    range: (name, start, limit) =>
      databases[name].getRange(limit === undefined ? { start } : { start, limit }),
    async write(writes, check) {
      try {
        await root.childTransaction(() => {
          check();
          for (const { database: name, key, value } of writes) {
            if (value === undefined) databases[name].removeSync(key);
            else databases[name].putSync(key, value);
          }
        });
      } catch (error) {
        throw await underlying(error);
      }
    },
    close: () => root.close(),
  };
}

/** What made a commit fail: LMDB's promise is rejected with a pointer to it. */
async function underlying(error: unknown): Promise<unknown> {
  if (!(error instanceof Error && 'commitError' in error)) return error;
  try {
    await error.commitError;
    return error;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    return new Error(`the disk did not take a write: ${reason}`, { cause });
  }
}
