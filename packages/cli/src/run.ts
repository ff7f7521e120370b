import type { Command } from './command.ts';
import { type CommandEntry, commands } from './commands.ts';
import { type ParsedFlags, parseFlags } from './flags.ts';
import type { Io } from './io.ts';

/** Runs a command line, without the name of the program; resolves with the exit code. */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  const words = argv[0] === '--version' || argv[0] === '-v' ? ['version'] : argv;
  const found = commands.find(({ path }) => path.every((word, at) => words[at] === word));
  if (found === undefined) return await withoutCommand(words, io);
  return await runCommand(found.path, await found.load(), words.slice(found.path.length), io);
}

/** Runs one command on its flags and arguments, with the help and the errors that all commands have. */
export async function runCommand(
  path: readonly string[],
  command: Command,
  argv: readonly string[],
  io: Io,
): Promise<number> {
  const parsed = parseFlags(argv, command.flags);
  if (parsed.kind === 'parsed') return await runParsed(command, parsed, io);
  if (parsed.kind === 'help') {
    const { commandUsage } = await import('./usage.ts');
    io.out(commandUsage(path, command));
    return 0;
  }
  io.err(parsed.kind === 'wrong' ? parsed.message : await unknownFlag(parsed.name, path, command));
  return 1;
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
  const hint = await suggestion(
    name,
    command.flags.map((flag) => flag.name),
  );
  const way = hint === undefined ? `chancery ${path} -h lists its flags` : `did you mean -${hint}?`;
  return `flag provided but not defined: -${name}: ${way}`;
}

/** Help, or a command that does not exist. Consul's exit codes: 127, but 1 within a group. */
async function withoutCommand(words: readonly string[], io: Io): Promise<number> {
  const usage = await import('./usage.ts');
  const [first, second] = words;
  if (first === '-h' || first === '--help' || first === '-help' || first === 'help') {
    io.out(usage.overview());
    return 0;
  }
  const group = commands.filter(({ path }) => path.length > 1 && path[0] === first);
  if (first === undefined || group.length === 0) {
    io.err(first === undefined ? usage.overview() : await unknownCommand(words, commands));
    return 127;
  }
  if (second !== undefined && /^--?h(elp)?$/.test(second)) {
    io.out(usage.groupUsage(first, group));
    return 0;
  }
  io.err(
    second === undefined ? usage.groupUsage(first, group) : await unknownCommand(words, group),
  );
  return 1;
}

async function unknownCommand(
  words: readonly string[],
  among: readonly CommandEntry[],
): Promise<string> {
  const given = words.slice(0, among === commands ? 1 : 2).join(' ');
  const paths = among.map(({ path }) => path.join(' '));
  const groups = among === commands ? among.map(({ path }) => path[0] ?? '') : [];
  const hint = await suggestion(given, [
    ...paths,
    ...groups,
    ...(among === commands ? ['agent'] : []),
  ]);
  const way = hint === undefined ? 'chancery -h lists the commands' : `did you mean "${hint}"?`;
  return `unknown command "${given}": ${way}`;
}

async function suggestion(
  word: string,
  candidates: readonly string[],
): Promise<string | undefined> {
  const { suggest } = await import('@chancery/model');
  return suggest(word, candidates);
}
