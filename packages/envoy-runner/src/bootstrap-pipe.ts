import { constants } from 'node:fs';
import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { runProgram } from './run-program.ts';

const pollMs = 5;

/** A named pipe that hands one text to one reader, once. */
export interface BootstrapPipe extends AsyncDisposable {
  readonly path: string;
  /** Waits for the reader, gives it the text and removes the pipe; ends early, without an error, when `signal` aborts. */
  deliver(text: string, signal: AbortSignal): Promise<void>;
}

/**
 * Opens the pipe through which Envoy gets its bootstrap. A bootstrap may hold a token: through a pipe in a folder that
 * only this user can enter it is never on disk, and never among the arguments that every user of the machine can list.
 */
export async function openBootstrapPipe(): Promise<BootstrapPipe> {
  const folder = await mkdtemp(join(tmpdir(), 'chancery-envoy-'));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  const path = join(folder, 'bootstrap.json');
  const made = await runProgram('mkfifo', ['-m', '600', path]);
  if (made.code !== 0) {
    await remove();
    throw new Error(`mkfifo could not make a pipe for the bootstrap: ${made.output.trim()}`);
  }
  return {
    path,
    async deliver(text, signal) {
      const pipe = await awaitReader(path, signal);
      if (pipe === undefined) return;
      try {
        await write(pipe, Buffer.from(text), signal);
      } finally {
        await pipe.close();
        await remove();
      }
    },
    [Symbol.asyncDispose]: remove,
  };
}

/** Opening for writing fails until somebody reads. A blocking open would hold a thread for ever if nobody ever did. */
async function awaitReader(path: string, signal: AbortSignal): Promise<FileHandle | undefined> {
  while (!signal.aborted) {
    try {
      return await open(path, constants.O_WRONLY | constants.O_NONBLOCK);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== 'ENXIO' && code !== 'EINTR') throw error;
    }
    await sleep(pollMs);
  }
  return undefined;
}

async function write(pipe: FileHandle, bytes: Buffer, signal: AbortSignal): Promise<void> {
  let offset = 0;
  while (offset < bytes.length && !signal.aborted) {
    try {
      offset += (await pipe.write(bytes, offset)).bytesWritten;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EPIPE') return;
      if (code !== 'EAGAIN') throw error;
      await sleep(pollMs);
    }
  }
}
