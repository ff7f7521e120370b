import { constants, existsSync } from 'node:fs';
import { access, mkdir, stat } from 'node:fs/promises';
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
  await access(path, constants.R_OK | constants.W_OK | constants.X_OK).catch((cause) => {
    throw new Error(
      `the data directory ${path} may not be written by this user: choose another with -data-dir`,
      { cause },
    );
  });
}

function unusable(path: string, cause: NodeJS.ErrnoException): Error {
  const reason = cause.code === 'EACCES' ? 'permission denied' : cause.message;
  return new Error(
    `the data directory ${path} cannot be made: ${reason}; choose another with -data-dir`,
    { cause },
  );
}
