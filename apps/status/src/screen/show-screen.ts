import { writeSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { MeshClient } from '@chancery/mesh-api/client';
import { initialState, type Size } from '../state/state.ts';
import { type JobControl, jobControl } from '../terminal/job-control.ts';
import { guardTerminal, type TerminalGuard } from '../terminal/restore.ts';
import type { ViewName } from '../views/views.ts';
import { openScreen } from './open-screen.ts';

/** What is shown, and to whom. */
export interface Showing {
  readonly mesh: MeshClient;
  readonly mayWrite: boolean;
  readonly ascii: boolean;
  readonly view: ViewName | undefined;
  /** Says what went wrong, once the terminal is given back. */
  readonly complain: (line: string) => void;
}

const second = 1000;

/** Shows the screen on the terminal of this process until it is left; resolves with the exit code. */
export async function showScreen({
  mesh,
  mayWrite,
  ascii,
  view,
  complain,
}: Showing): Promise<number> {
  using guard = guardOfProcess();
  using crashes = untilCrash();
  using signals = untilSignal();
  const start = initialState({
    now: Date.now(),
    size: sizeOf(process.stdout),
    mayWrite,
    ...(view && { view }),
  });
  const clock = { now: () => performance.now(), later };
  const ports = {
    mesh,
    stdin: process.stdin,
    write: (text: string) => void process.stdout.write(text),
    clock,
    ascii,
    hasColour: (process.env['NO_COLOR'] ?? '') === '',
    now: Date.now,
    wait: async (ms: number, signal: AbortSignal) =>
      await pause(ms, undefined, { signal }).catch(() => undefined),
  };
  let jobs: JobControl | undefined;
  using screen = await openScreen(start, ports, () => jobs?.stopJob());
  using control = jobControl({
    suspend: screen.suspend,
    onResume: () => screen.repaint(freshSize()),
  });
  jobs = control;
  const onResize = (): void => screen.dispatch({ kind: 'resize', size: sizeOf(process.stdout) });
  process.stdout.on('resize', onResize);
  const ticking = setInterval(() => screen.dispatch({ kind: 'tick', now: Date.now() }), second);
  const ended = await Promise.race([screen.closed, crashes.crashed, signals.signalled]);
  clearInterval(ticking);
  process.stdout.off('resize', onResize);
  if (!(ended instanceof Error)) return typeof ended === 'number' ? ended : 0;
  screen[Symbol.dispose]();
  guard.restore();
  complain(`chancery status has failed, which is a mistake in it: ${ended.stack ?? ended.message}`);
  return 1;
}

function later(run: () => void, ms: number): () => void {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
}

function sizeOf({ columns, rows }: NodeJS.WriteStream): Size {
  return { columns: columns || 80, rows: rows || 24 };
}

/** A window that changed while the process was stopped told nobody. */
function freshSize(): Size {
  process.emit('SIGWINCH', 'SIGWINCH');
  return sizeOf(process.stdout);
}

function guardOfProcess(): TerminalGuard {
  return guardTerminal({
    write: (text) => writeSync(process.stdout.fd, text),
    setRawMode: (isRaw) => process.stdin.setRawMode(isRaw),
    onExit: (listener) => process.on('exit', listener),
    offExit: (listener) => process.off('exit', listener),
  });
}

interface CrashWatch extends Disposable {
  readonly crashed: Promise<Error>;
}

/** A mistake of ours ends the screen and is told, instead of being painted over. */
function untilCrash(): CrashWatch {
  const { promise: crashed, resolve } = Promise.withResolvers<Error>();
  const onCrash = (reason: unknown): void =>
    resolve(reason instanceof Error ? reason : new Error(String(reason)));
  process.on('uncaughtException', onCrash).on('unhandledRejection', onCrash);
  return {
    crashed,
    [Symbol.dispose]() {
      process.off('uncaughtException', onCrash).off('unhandledRejection', onCrash);
    },
  };
}

interface SignalWatch extends Disposable {
  /** The exit code that shells give to a program that a signal ended. */
  readonly signalled: Promise<number>;
}

const signalCodes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

function untilSignal(): SignalWatch {
  const { promise: signalled, resolve } = Promise.withResolvers<number>();
  const listeners = Object.entries(signalCodes).map(
    ([name, code]) => [name as keyof typeof signalCodes, () => resolve(code)] as const,
  );
  for (const [name, listener] of listeners) process.on(name, listener);
  return {
    signalled,
    [Symbol.dispose]() {
      for (const [name, listener] of listeners) process.off(name, listener);
    },
  };
}
