import type { Flag, Flags } from './flags.ts';
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
  readonly flags: readonly Flag[];
  /** How it takes what is no flag: `none` refuses arguments, `split` keeps those behind `--` apart as `rest`. */
  readonly arguments?: 'none' | 'split';
  /** Carries the command out; resolves with the exit code. */
  run(call: Call): Promise<number>;
}
