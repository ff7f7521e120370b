import { execFile } from 'node:child_process';

/** How a command ended: `ok` when with 0, and in time. */
export interface Outcome {
  readonly ok: boolean;
  readonly stdout: string;
  /** What it wrote to both streams. */
  readonly output: string;
}

/** Runs a command to its end. Rejects when it cannot be started; one that fails is an outcome. */
export function runCommand(
  cwd: string,
  timeoutMs: number,
  command: string,
  ...args: readonly string[]
): Promise<Outcome> {
  const { promise, resolve, reject } = Promise.withResolvers<Outcome>();
  const options = { cwd, timeout: timeoutMs, maxBuffer: 2 ** 26 };
  execFile(command, args, options, (error, stdout, stderr) => {
    if (typeof error?.code === 'string') return reject(error);
    const late = error?.killed ? `not finished after ${timeoutMs / 1000} s\n` : '';
    resolve({ ok: error === null, stdout, output: late + stdout + stderr });
  });
  return promise;
}
