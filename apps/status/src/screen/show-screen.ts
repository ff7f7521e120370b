import { writeSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { Io } from '@chancery/cli';
import type { MeshClient } from '@chancery/mesh-api/client';
import { initialState, type Size, type State } from '../state/state.ts';
import { type JobControl, jobControl } from '../terminal/job-control.ts';
import { guardTerminal, type TerminalGuard } from '../terminal/restore.ts';
import type { ViewName } from '../views/views.ts';
import { type OpenScreen, openScreen, type ScreenPorts } from './open-screen.ts';

/** What is shown, and to whom. */
export interface Showing {
  /**
   * Finds the agent, and works with its client until that is done; resolves with the exit code, at once where there
   * is nothing to find. Called once something is painted: the client takes as long to load as all of the screen.
   */
  readonly connect: (
    work: (mesh: MeshClient) => Promise<number>,
    io: Pick<Io, 'err'>,
  ) => Promise<number>;
  readonly mayWrite: boolean;
  readonly ascii: boolean;
  readonly view: ViewName | undefined;
  /** Says what went wrong, once the terminal is given back. */
  readonly complain: (line: string) => void;
}

const second = 1000;

/** Shows the screen on the terminal of this process until it is left; resolves with the exit code. */
export async function showScreen(showing: Showing): Promise<number> {
  using guard = guardOfProcess();
  using crashes = untilCrash();
  using signals = untilSignal();
  let jobs: JobControl | undefined;
  using screen = await openScreen(startOf(showing), screenPorts(showing), () => jobs?.stopJob());
  using control = jobControl({
    suspend: screen.suspend,
    onResume: () => screen.repaint(freshSize()),
  });
  jobs = control;
  using _clock = following(screen);
  const said: string[] = [];
  const ended = Promise.race([screen.closed, crashes.crashed, signals.signalled]);
  const work = async (mesh: MeshClient): Promise<number> => {
    screen.follow(mesh);
    await ended;
    return 0;
  };
  const connected = showing.connect(work, { err: (line) => void said.push(line) });
  const outcome = await Promise.race([ended, connected]);
  screen[Symbol.dispose]();
  if (outcome instanceof Error) guard.restore();
  for (const line of said) showing.complain(line);
  if (!(outcome instanceof Error)) return outcome ?? 0;
  const { stack, message } = outcome;
  showing.complain(`chancery status has failed, which is a mistake in it: ${stack ?? message}`);
  return 1;
}

function startOf({ mayWrite, view }: Showing): State {
  const size = sizeOf(process.stdout);
  return initialState({ now: Date.now(), size, mayWrite, ...(view && { view }) });
}

function screenPorts({ ascii }: Showing): ScreenPorts {
  return {
    stdin: process.stdin,
    write: (text) => void process.stdout.write(text),
    clock: { now: () => performance.now(), later },
    ascii,
    hasColour: (process.env['NO_COLOR'] ?? '') === '',
    now: Date.now,
    wait: async (ms, signal) => await pause(ms, undefined, { signal }).catch(() => undefined),
  };
}

/** Tells the screen the time and the size of the terminal. */
function following(screen: OpenScreen): Disposable {
  const onResize = (): void => screen.dispatch({ kind: 'resize', size: sizeOf(process.stdout) });
  process.stdout.on('resize', onResize);
  const ticking = setInterval(() => screen.dispatch({ kind: 'tick', now: Date.now() }), second);
  return {
    [Symbol.dispose]() {
      clearInterval(ticking);
      process.stdout.off('resize', onResize);
    },
  };
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
