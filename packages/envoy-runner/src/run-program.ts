import { spawn } from 'node:child_process';

/** How a program ended, and all it wrote. */
export interface ProgramResult {
  /** Undefined when it could not be started or was killed. */
  readonly code: number | undefined;
  /** Standard output and standard error, as they came. */
  readonly output: string;
}

/** Runs a program to its end, or until the signal kills it. One that cannot be started ends without a code; this never throws. */
export function runProgram(
  program: string,
  args: readonly string[],
  signal?: AbortSignal,
): Promise<ProgramResult> {
  return new Promise((settle) => {
    const child = spawn(program, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      killSignal: 'SIGKILL',
      signal,
    });
    let output = '';
    const collect = (chunk: Buffer): void => {
      output += chunk.toString();
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.on('error', (error) => {
      // A child of the killed one may still hold the pipes, and would keep this process.
      child.stdout.destroy();
      child.stderr.destroy();
      settle({ code: undefined, output: error.message });
    });
    child.on('close', (code) => settle({ code: code ?? undefined, output }));
  });
}
