import { rmSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Tells the ID of this process in a file, until it is disposed of.
 *
 * @throws Error with a sentence for people.
 */
export async function openPidFile(path: string): Promise<Disposable> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, `${process.pid}`);
  } catch (cause) {
    const problem = `the file ${path} cannot be written: ${(cause as Error).message}`;
    throw new Error(`${problem}; choose another with -pid-file`, { cause });
  }
  return { [Symbol.dispose]: () => rmSync(path, { force: true }) };
}
