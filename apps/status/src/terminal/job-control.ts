import type { Suspend } from '../screen/screen.ts';

/** Gives the terminal to the shell while the process is stopped, and takes it again when it goes on. */
export interface JobControl extends Disposable {
  /** Stops the whole job, as ctrl-z does where no program takes the key. */
  readonly stopJob: () => void;
}

/** What stops and goes on. */
export interface JobControlPorts {
  readonly suspend: Suspend;
  /** Called when the terminal is ours again: it may have another size, and shows nothing of ours. */
  readonly onResume: () => void;
}

/** To a signal: every process that the shell started with this one, such as pnpm around it. */
const wholeJob = 0;

/** Follows SIGTSTP and SIGCONT. Windows has neither. */
export function jobControl({ suspend, onResume }: JobControlPorts): JobControl {
  let isStopping = false;
  /** The terminal is given back first: once the shell has it, whoever changes its modes is stopped for that. */
  const stop = async (whom: number): Promise<void> => {
    if (isStopping) return;
    isStopping = true;
    const suspension = await suspend();
    stopHere(whom);
    await suspension.resume();
    isStopping = false;
    onResume();
  };
  /** With the signal's own effect: of a process that no shell would continue the system stops nothing. */
  const stopHere = (whom: number): void => {
    process.off('SIGTSTP', onStop);
    process.kill(whom, 'SIGTSTP');
    process.on('SIGTSTP', onStop);
  };
  const onStop = (): void => void stop(process.pid);
  /** Stopped by a signal that nobody can follow: the shell has set the terminal its own way since. */
  const onContinue = async (): Promise<void> => {
    if (isStopping) return;
    isStopping = true;
    const suspension = await suspend();
    await suspension.resume();
    isStopping = false;
    onResume();
  };
  const onContinued = (): void => void onContinue();
  const isThere = process.platform !== 'win32';
  if (isThere) process.on('SIGTSTP', onStop).on('SIGCONT', onContinued);
  return {
    stopJob() {
      if (isThere) void stop(wholeJob);
    },
    [Symbol.dispose]() {
      process.off('SIGTSTP', onStop).off('SIGCONT', onContinued);
    },
  };
}
