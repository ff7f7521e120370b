import type { Completes, Flag, Flags } from './flags.ts';
import type { Io } from './io.ts';

/** One call of a command. */
export interface Call {
  readonly flags: Flags;
  readonly args: readonly string[];
  /** What stood behind `--`, of a command that keeps it apart. */
  readonly rest: readonly string[];
  readonly io: Io;
}

/** A command: what help says of it, and what it does. */
export interface Command {
  /** Its flags and arguments as help shows them, without its name. */
  readonly usage: string;
  readonly about: string;
  /** Command lines that show it at work, without the name of the program. */
  readonly examples?: readonly string[];
  readonly flags: readonly Flag[];
  /**
   * How it takes what is no flag: `none` refuses arguments, `split` keeps those behind `--` apart as `rest`,
   * `child` takes the first one and all behind it as another command line, `unread` takes every word as it is.
   */
  readonly arguments?: 'none' | 'split' | 'child' | 'unread';
  /** What a shell offers for each argument; the last one stands for all that follow. */
  readonly operands?: readonly Completes[];
  /** The exit code when its flags make no sense; 1 unless it is given. */
  readonly failureCode?: number;
  /** Carries the command out; resolves with the exit code. */
  run(call: Call): Promise<number>;
}
