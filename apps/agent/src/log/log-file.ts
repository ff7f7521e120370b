import { once } from 'node:events';
import { unlink } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import type { LogFile } from '@chancery/model';
import { createStream, type RotatingFileStream } from 'rotating-file-stream';

/** A file that the log is written to. Disposing of it waits for what was written. */
export interface OpenLogFile extends AsyncDisposable {
  readonly path: string;
  readonly write: (line: string) => void;
}

/**
 * Opens the log file, and another one in its place when it is full or its time is over; the earlier ones carry
 * the time in their names, as those of Consul do. When the disk fails later, that is told once, and the file is
 * left alone: the log goes on elsewhere.
 *
 * @throws Error with a sentence for people: a folder that may not be written.
 */
export async function openLogFile(
  file: LogFile,
  onFailure: (line: string) => void,
): Promise<OpenLogFile> {
  const path = currentPath(file.path);
  const stream = createStream(nameOf(path), {
    path: dirname(path),
    history: `.${basename(path)}.earlier`,
    interval: rotationInterval(file.rotateAfterMs),
    mode: 0o640,
    ...(file.rotateAtBytes !== undefined && { size: `${file.rotateAtBytes}B` }),
    ...(file.keep !== undefined && file.keep > 0 && { maxFiles: file.keep }),
  });
  await once(stream, 'open').catch((cause: Error) => {
    const problem = `the log file ${path} cannot be written: ${cause.message}`;
    throw new Error(`${problem}; choose another with -log-file`, { cause });
  });
  if (file.keep === 0) stream.on('rotated', (earlier) => void unlink(earlier).catch(() => {}));
  let isUsable = true;
  stream.on('error', (error) => {
    isUsable = false;
    onFailure(`the log file ${path} is not written any more: ${error.message}\n`);
  });
  return {
    path,
    write: (line) => void (isUsable && stream.write(line)),
    [Symbol.asyncDispose]: () => (isUsable ? ended(stream) : Promise.resolve()),
  };
}

async function ended(stream: RotatingFileStream): Promise<void> {
  stream.end();
  await once(stream, 'close').catch(() => {});
}

/** A folder, when it ends with a slash, stands for `consul.log` in it. */
export function currentPath(given: string): string {
  return given.endsWith('/') ? join(given, 'consul.log') : given;
}

function nameOf(path: string): (time: number | Date | null, index?: number) => string {
  const ending = extname(path);
  const stem = basename(path, ending);
  return (time, index = 1) => {
    if (time === null) return `${stem}${ending}`;
    const again = index > 1 ? `-${index}` : '';
    return `${stem}-${Number(time)}${again}${ending}`;
  };
}

const units = [
  { ms: 86_400_000, letter: 'd', within: Number.POSITIVE_INFINITY },
  { ms: 3_600_000, letter: 'h', within: 24 },
  { ms: 60_000, letter: 'm', within: 60 },
  { ms: 1000, letter: 's', within: 60 },
] as const;

/** The longest time that is no longer than this one and of which a whole number makes a day, an hour or a minute. */
export function rotationInterval(ms: number): string {
  for (const { ms: unit, letter, within } of units) {
    const wished = Math.floor(ms / unit);
    if (wished < 1) continue;
    if (within === Number.POSITIVE_INFINITY) return `${wished}${letter}`;
    const count = Array.from({ length: wished }, (_, at) => wished - at).find(
      (each) => within % each === 0,
    );
    return `${count}${letter}`;
  }
  return '1s';
}
