import { randomUUID } from 'node:crypto';
import { open, readdir, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { type Found, failed, ok, warning } from './finding.ts';

const mebibyte = 1024 * 1024;
const gibibyte = 1024 * mebibyte;
/** Below this the next writes may fail. */
const tooLittle = 100 * mebibyte;
const little = gibibyte;

/** Whether the agent's state is in safe hands: its folder can be written, has room, and is nobody else's to read. */
export async function dataFindings(dataDir: string | undefined): Promise<readonly Found[]> {
  if (dataDir === undefined) {
    return [ok('data directory', 'none: all is in memory, and goes when the agent stops')];
  }
  const written = await writing(dataDir);
  if (written.status === 'failed') return [written];
  return [written, await room(dataDir), ...(await privacy(dataDir))];
}

async function writing(dataDir: string): Promise<Found> {
  const path = join(dataDir, `.check-${randomUUID()}`);
  try {
    const file = await open(path, 'wx', 0o600);
    await file.write('written by chancery check');
    await file.sync();
    await file.close();
    const holds = formatBytes(await sizeOf(dataDir));
    return ok('data directory', `${dataDir} can be written, and holds ${holds}`);
  } catch (error) {
    const message = `${dataDir} cannot be written: ${(error as Error).message}`;
    return failed('data directory', message, 'give it to the user of the agent, and see to room');
  } finally {
    await rm(path, { force: true }).catch(() => undefined);
  }
}

async function room(dataDir: string): Promise<Found> {
  const { bavail, bsize } = await statfs(dataDir);
  return roomFinding(bavail * bsize);
}

/** What free space in bytes means. */
export function roomFinding(free: number): Found {
  const message = `${formatBytes(free)} are free where the data directory is`;
  const hint = 'make room, or move the data directory with -data-dir';
  if (free < tooLittle) return failed('free space', message, hint);
  return free < little ? warning('free space', message, hint) : ok('free space', message);
}

/** Keys of services are below the folder. Said only where it is wrong. */
async function privacy(dataDir: string): Promise<readonly Found[]> {
  const { mode } = await stat(dataDir);
  if ((mode & 0o077) === 0) return [];
  const message = `${dataDir} is open to other users of this machine, and private keys are in it`;
  return [warning('data directory', message, `chmod 700 ${dataDir}`)];
}

async function sizeOf(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const sizes = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => stat(join(parentPath, name)).then(onDisk, gone));
  return (await Promise.all(sizes)).reduce((sum, each) => sum + each, 0);
}

/** A journal is a file with holes: what it takes is less than its length. */
function onDisk({ blocks }: { readonly blocks: number }): number {
  return blocks * 512;
}

/** Files come and go while they are counted. */
function gone(): number {
  return 0;
}

/** `12 MiB`, `3.4 GiB`. */
function formatBytes(bytes: number): string {
  if (bytes < mebibyte) return `${Math.ceil(bytes / 1024)} KiB`;
  if (bytes < gibibyte) return `${Math.round(bytes / mebibyte)} MiB`;
  return `${(bytes / gibibyte).toFixed(1)} GiB`;
}
