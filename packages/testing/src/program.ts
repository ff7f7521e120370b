import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

/** A running program with all that it started. */
export interface Program extends AsyncDisposable {
  readonly pid: number;
  /** All it wrote so far; the last million characters of it. */
  output(): string;
  /** The exit code, or the negated number of the signal that ended it, once it has ended. */
  readonly ended: Promise<number | NodeJS.Signals>;
  readonly running: boolean;
  /** Sends a signal to the program alone. */
  signal(name: NodeJS.Signals): void;
  /** Kills the program and all that it started, at once, as a crash of the machine would. */
  kill9(): Promise<void>;
  /** Asks the program to end, and kills it when it does not. */
  stop(): Promise<void>;
}

/** What to run. */
export interface ProgramOptions {
  readonly program: string;
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
}

const patienceMs = 5000;
const outputLimit = 1_000_000;
const live = new Set<number>();
let watching = false;

/**
 * Starts a program in a process group of its own, so that what it starts can be ended with it. None outlives this
 * process, even when this process ends without disposing.
 */
export function startProgram(options: ProgramOptions): Program {
  const child = spawn(options.program, options.args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
    env: options.env ?? process.env,
    ...(options.cwd !== undefined && { cwd: options.cwd }),
  });
  const { pid } = child;
  const ended = endOf(child);
  if (pid !== undefined) track(pid);
  const killGroup = (): void => {
    if (pid !== undefined) signalGroup(pid, 'SIGKILL');
  };
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await Promise.race([ended, sleep(patienceMs, undefined, { ref: false })]);
    killGroup();
    await ended;
    if (pid !== undefined) live.delete(pid);
  };
  return {
    pid: pid ?? -1,
    output: collect(child),
    ended,
    get running() {
      return child.exitCode === null && child.signalCode === null && pid !== undefined;
    },
    signal: (name) => {
      child.kill(name);
    },
    async kill9() {
      killGroup();
      await ended;
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

/** Runs a program to its end. */
export async function runToEnd(
  options: ProgramOptions,
): Promise<{ readonly code: number | NodeJS.Signals; readonly output: string }> {
  await using program = startProgram(options);
  const code = await program.ended;
  return { code, output: program.output() };
}

/** Output is complete only when both pipes are closed, which may be after the exit. */
function endOf(child: ChildProcess): Promise<number | NodeJS.Signals> {
  return new Promise((settle) => {
    child.once('error', () => settle(127));
    child.once('exit', (code, signal) => {
      const outcome = code ?? signal ?? 0;
      child.once('close', () => settle(outcome));
      setTimeout(() => settle(outcome), 200).unref();
    });
  });
}

function collect(child: ChildProcess): () => string {
  let output = '';
  const add = (bytes: Buffer): void => {
    output = (output + bytes.toString()).slice(-outputLimit);
  };
  child.stdout?.on('data', add);
  child.stderr?.on('data', add);
  return () => output;
}

function track(pid: number): void {
  live.add(pid);
  if (watching) return;
  watching = true;
  process.on('exit', () => {
    for (const each of live) signalGroup(each, 'SIGKILL');
  });
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // The whole group has ended already.
  }
}
