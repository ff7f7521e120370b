import type { Command } from './command.ts';
import { completeCommand } from './completion/complete-command.ts';
import { findCommand, findGroup, type Group } from './find-command.ts';
import { type ParsedFlags, parseFlags } from './flags.ts';
import type { Io } from './io.ts';

/** Runs a command line, without the name of the program; resolves with the exit code. */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  if (argv[0] === completeCommand) {
    const { completeLine } = await import('./completion/complete-line.ts');
    return await completeLine(argv.slice(1), io);
  }
  const words = respelt(argv);
  const found = findCommand(words);
  if (found === undefined) return await withoutCommand(words, io);
  return await runCommand(found.path, await found.load(), words.slice(found.path.length), io);
}

/** Flags of Consul's that stand in place of a command. */
function respelt(argv: readonly string[]): readonly string[] {
  const [first = '', ...more] = argv;
  if (/^--?v(ersion)?$/.test(first)) return ['version', ...more];
  const [, verb] = /^--?autocomplete-(install|uninstall)$/.exec(first) ?? [];
  return verb === undefined ? argv : ['completion', `-${verb}`, ...more];
}

/** Runs one command on its flags and arguments, with the help and the errors that all commands have. */
export async function runCommand(
  path: readonly string[],
  command: Command,
  argv: readonly string[],
  io: Io,
): Promise<number> {
  const parsed =
    command.arguments === 'unread'
      ? unread(argv)
      : parseFlags(argv, command.flags, { untilArgument: command.arguments === 'child' });
  if (parsed.kind === 'parsed') return await runParsed(command, parsed, io);
  if (parsed.kind === 'help') {
    const { commandUsage } = await import('./usage.ts');
    io.out(commandUsage(path, command, io.width));
    return 0;
  }
  io.err(parsed.kind === 'wrong' ? parsed.message : await unknownFlag(parsed.name, path, command));
  return command.failureCode ?? 1;
}

/** Of a command that reads no flags only the wish for help is understood. */
function unread(argv: readonly string[]): ParsedFlags {
  return isHelp(argv[0] ?? '') ? { kind: 'help' } : parseFlags(['--', ...argv], []);
}

async function runParsed(
  command: Command,
  { flags, args, rest }: ParsedFlags & { kind: 'parsed' },
  io: Io,
): Promise<number> {
  if (command.arguments === 'split') return await command.run({ flags, args, rest, io });
  const all = [...args, ...rest];
  if (command.arguments === 'none' && all.length > 0) {
    io.err(`Too many arguments (expected 0, got ${all.length})`);
    return 1;
  }
  return await command.run({ flags, args: all, rest: [], io });
}

async function unknownFlag(
  name: string,
  words: readonly string[],
  command: Command,
): Promise<string> {
  const path = words.join(' ');
  const { suggest } = await import('@chancery/model');
  const hint = suggest(
    name,
    command.flags.map((flag) => flag.name),
  );
  const way = hint === undefined ? `chancery ${path} -h lists its flags` : `did you mean -${hint}?`;
  return `flag provided but not defined: -${name}: ${way}`;
}

/** Help, or a command that does not exist. Consul's exit codes: 127, but 1 within a group. */
async function withoutCommand(words: readonly string[], io: Io): Promise<number> {
  const group = findGroup(words);
  const next = words[group.path.length];
  const usage = await import('./usage.ts');
  const text = group.path.length === 0 ? usage.overview : () => usage.groupUsage(group);
  if (next !== undefined && (isHelp(next) || (next === 'help' && group.path.length === 0))) {
    io.out(text());
    return 0;
  }
  io.err(next === undefined ? text() : await unknownCommand(words, group));
  return group.path.length === 0 ? 127 : 1;
}

function isHelp(word: string): boolean {
  return /^--?h(elp)?$/.test(word);
}

async function unknownCommand(words: readonly string[], group: Group): Promise<string> {
  const depth = group.path.length + 1;
  const given = words.slice(0, depth).join(' ');
  const known = group.entries.flatMap(({ path }) => [
    path.slice(0, depth).join(' '),
    path.join(' '),
  ]);
  const { suggest } = await import('@chancery/model');
  const hint = suggest(given, depth === 1 ? [...known, 'agent', 'status'] : known);
  const all = ['chancery', ...group.path, '-h'].join(' ');
  const way = hint === undefined ? `${all} lists the commands` : `did you mean "${hint}"?`;
  return `unknown command "${given}": ${way}`;
}
