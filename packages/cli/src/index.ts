export type { Call, Command } from './command.ts';
export { type Completes, type Flag, type Flags, type NameKind, parseFlags } from './flags.ts';
export { type Environment, type Io, processIo } from './io.ts';
export { run, runCommand } from './run.ts';
