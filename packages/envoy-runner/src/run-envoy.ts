import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import { constants } from 'node:os';
import type { JsonObject } from '@chancery/model';
import { openBootstrapPipe } from './bootstrap-pipe.ts';
import { envoyArguments } from './envoy-arguments.ts';

/** One run of Envoy. */
export interface RunOptions {
  readonly binary: string;
  readonly bootstrap: JsonObject;
  /** What the user passes through to Envoy. */
  readonly args: readonly string[];
  /** The environment of this process unless it is given. */
  readonly env?: NodeJS.ProcessEnv;
  /** The terminal of this process unless it is given. */
  readonly stdio?: StdioOptions;
}

/** SIGUSR1 has Envoy open its log files again; Node, left to itself, would open a debugger. */
const forwarded = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR1'] as const;

/**
 * Runs Envoy in the foreground until it ends, and returns its exit code: 128 + n when signal n ended it, as a shell
 * has it. Signals to this process go on to Envoy. Throws when the binary cannot be started.
 */
export async function runEnvoy(options: RunOptions): Promise<number> {
  await using pipe = await openBootstrapPipe();
  const child = spawn(options.binary, envoyArguments(pipe.path, options.args), {
    stdio: options.stdio ?? 'inherit',
    env: options.env ?? process.env,
  });
  const ended = new AbortController();
  const delivery = pipe.deliver(JSON.stringify(options.bootstrap), ended.signal);
  // Without its bootstrap Envoy would wait for ever. The error itself is thrown below.
  delivery.catch(() => child.kill());
  const stopForwarding = forwardSignals(child);
  try {
    return await exitCode(child);
  } finally {
    stopForwarding();
    ended.abort();
    await delivery;
  }
}

function exitCode(child: ChildProcess): Promise<number> {
  return new Promise((settle, fail) => {
    child.once('error', fail);
    child.once('exit', (code, signal) => {
      settle(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
    });
  });
}

/** A second Ctrl-C reaches Envoy as well: it is Envoy that decides when it ends. */
function forwardSignals(child: ChildProcess): () => void {
  const forward = (signal: NodeJS.Signals): void => {
    child.kill(signal);
  };
  for (const signal of forwarded) process.on(signal, forward);
  return () => {
    for (const signal of forwarded) process.off(signal, forward);
  };
}
