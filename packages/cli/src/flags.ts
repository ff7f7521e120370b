/** A flag of a command. A switch is on or off, a text has one value, a list may be given several times. */
export interface Flag {
  readonly name: string;
  readonly kind: 'switch' | 'text' | 'list';
  /** How help names its value: `host:port`. */
  readonly value?: string;
  readonly about: string;
}

/** The flags of one call, as they were given. */
export interface Flags {
  /** Whether a switch is on. */
  on(name: string): boolean;
  /** The value of a text flag that was given. */
  text(name: string): string | undefined;
  /** The values of a list flag in order. */
  list(name: string): readonly string[];
  /** Whether any of these flags was given. */
  given(...names: readonly string[]): boolean;
}

/** A command line taken apart, or what is wrong with it. */
export type ParsedFlags =
  | {
      readonly kind: 'parsed';
      readonly flags: Flags;
      readonly args: readonly string[];
      /** What stood behind `--`. */
      readonly rest: readonly string[];
    }
  | { readonly kind: 'help' }
  | { readonly kind: 'unknown'; readonly name: string }
  | { readonly kind: 'wrong'; readonly message: string };

/** Takes apart Go-style flags: `-name value`, `-name=value` and the same with two dashes; `--` ends them. */
export function parseFlags(argv: readonly string[], known: readonly Flag[]): ParsedFlags {
  const values = new Map<string, string[]>();
  const args: string[] = [];
  for (let at = 0; at < argv.length; at += 1) {
    const word = argv[at] ?? '';
    if (word === '--') return parsed(values, args, argv.slice(at + 1));
    if (!/^--?[^-]/.test(word)) {
      args.push(word);
      continue;
    }
    const given = flagGiven(word, argv[at + 1], known);
    if (given.kind !== 'given') return given;
    values.set(given.name, [...(values.get(given.name) ?? []), given.value]);
    at += given.words - 1;
  }
  return parsed(values, args, []);
}

interface Given {
  readonly kind: 'given';
  readonly name: string;
  readonly value: string;
  /** How many words of the command line it took. */
  readonly words: number;
}

function flagGiven(
  word: string,
  next: string | undefined,
  known: readonly Flag[],
): Given | Exclude<ParsedFlags, { kind: 'parsed' }> {
  const [, name = '', inline] = /^--?([^=]+)(?:=(.*))?$/s.exec(word) ?? [];
  if (name === 'h' || name === 'help') return { kind: 'help' };
  const flag = known.find((each) => each.name === name);
  if (flag === undefined) return { kind: 'unknown', name };
  if (flag.kind === 'switch') return switchGiven(name, inline ?? 'true');
  const value = inline ?? next;
  if (value === undefined) return { kind: 'wrong', message: `flag -${name} needs a value` };
  return { kind: 'given', name, value, words: inline === undefined ? 2 : 1 };
}

function switchGiven(name: string, value: string): Given | { kind: 'wrong'; message: string } {
  if (value === 'true' || value === 'false') return { kind: 'given', name, value, words: 1 };
  const message = `flag -${name} is on or off: "${value}" is neither true nor false`;
  return { kind: 'wrong', message };
}

function parsed(
  values: ReadonlyMap<string, readonly string[]>,
  args: readonly string[],
  rest: readonly string[],
): ParsedFlags {
  const flags: Flags = {
    on: (name) => values.get(name)?.at(-1) === 'true',
    text: (name) => values.get(name)?.at(-1),
    list: (name) => values.get(name) ?? [],
    given: (...names) => names.some((name) => values.has(name)),
  };
  return { kind: 'parsed', flags, args, rest };
}
