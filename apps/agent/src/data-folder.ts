import { existsSync } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Makes the data directory where it is missing, for the agent's user alone.
 *
 * @throws Error with a sentence for people.
 */
export async function createDataFolder(path: string): Promise<void> {
  // Not recursive below a folder that is there: in /proc, Node's recursion never ends.
  const recursive = !existsSync(dirname(path));
  await mkdir(path, { recursive, mode: 0o700 }).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code !== 'EEXIST') throw unusable(path, cause);
  });
  if (!(await stat(path)).isDirectory()) {
    throw new Error(`the data directory ${path} is a file: choose another with -data-dir`);
  }
}

function unusable(path: string, cause: NodeJS.ErrnoException): Error {
  const reason = cause.code === 'EACCES' ? 'permission denied' : cause.message;
  return new Error(
    `the data directory ${path} cannot be made: ${reason}; choose another with -data-dir`,
    { cause },
  );
}
