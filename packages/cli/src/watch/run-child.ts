import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Io } from '../io.ts';

/** What is run at a change, and what it is given. */
export interface ChildCall {
  readonly words: readonly string[];
  /** The words are one line for a shell. */
  readonly shell: boolean;
  /** What stands in its variable CONSUL_INDEX. */
  readonly index: string;
  /** Its standard input. */
  readonly input: string;
}

/** Runs a program to its end; an exit code is given when it did not end well, and the reason is told. */
export async function runChild(
  { words, shell, index, input }: ChildCall,
  io: Io,
  signal: AbortSignal,
): Promise<number | undefined> {
  const [program = '', ...args] = shell ? ['/bin/sh', '-c', words.join(' ')] : words;
  const child = spawn(program, args, {
    stdio: ['pipe', 'inherit', 'inherit'],
    env: { ...process.env, ...io.environment, CONSUL_INDEX: index },
  });
  const stop = (): void => void child.kill('SIGTERM');
  signal.addEventListener('abort', stop);
  // A program need not read what it is given.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  try {
    const [code, killedBy] = await once(child, 'exit');
    if (code === 0 || signal.aborted) return undefined;
    const end = killedBy === null ? `exit status ${code}` : `ended by ${killedBy}`;
    io.err(`Error executing handler: ${end}`);
  } catch (error) {
    io.err(`Error starting handler: exec: ${JSON.stringify(program)}: ${startFailure(error)}`);
  } finally {
    signal.removeEventListener('abort', stop);
  }
  return 1;
}

function startFailure(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' ? 'executable file not found in $PATH' : message;
}
