import { parseBoolean } from '@chancery/client';

/** A flag of a command. A switch is on or off, a text or a number has one value, a list may be given several times. */
export interface Flag {
  readonly name: string;
  readonly kind: 'switch' | 'text' | 'number' | 'list';
  /** How help names its value: `host:port`. */
  readonly value?: string;
  readonly about: string;
  /** The only values it may have. */
  readonly choices?: readonly string[];
  /** What a shell offers as its value: these words, or the names of something. */
  readonly completes?: Completes;
}

/** What a shell offers: words as they are, files, or names that the agent knows. */
export type Completes = readonly string[] | NameKind;

/** Names that are looked up when a shell asks for them. */
export type NameKind =
  | 'entry-kind'
  | 'entry-name'
  | 'file'
  | 'node'
  | 'proxy-id'
  | 'service'
  | 'service-id'
  | 'source';

/** The flags of one call, as they were given. */
export interface Flags {
  /** Whether a switch is on. */
  on(name: string): boolean;
  /** The value of a text flag that was given. */
  text(name: string): string | undefined;
  /** The value of a number flag that was given: whole and not negative. */
  number(name: string): number | undefined;
  /** The values of list flags in the order in which they were given. */
  list(...names: readonly string[]): readonly string[];
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

/** Where flags may stand. */
export interface ParseOptions {
  /** The first word that is no flag begins another command line, in which nothing is ours. */
  readonly untilArgument?: boolean;
}

/** Takes apart Go-style flags: `-name value`, `-name=value` and the same with two dashes; `--` ends them. */
export function parseFlags(
  argv: readonly string[],
  known: readonly Flag[],
  { untilArgument = false }: ParseOptions = {},
): ParsedFlags {
  const values: FlagValue[] = [];
  const args: string[] = [];
  for (let at = 0; at < argv.length; at += 1) {
    const word = argv[at] ?? '';
    if (word === '--') return parsed(values, args, argv.slice(at + 1));
    if (!/^--?[^-]/.test(word)) {
      if (untilArgument) return parsed(values, argv.slice(at), []);
      args.push(word);
      continue;
    }
    const given = flagGiven(word, argv[at + 1], known);
    if (given.kind !== 'given') return given;
    values.push([given.name, given.value]);
    at += given.words - 1;
  }
  return parsed(values, args, []);
}

type FlagValue = readonly [name: string, value: string];

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
  const wanted = mismatch(flag, value);
  if (wanted === undefined) {
    return { kind: 'given', name, value, words: inline === undefined ? 2 : 1 };
  }
  return { kind: 'wrong', message: `invalid value "${value}" for flag -${name}: ${wanted}` };
}

function mismatch({ kind, choices }: Flag, value: string): string | undefined {
  if (kind === 'number' && !(/^\d+$/.test(value) && Number.isSafeInteger(Number(value)))) {
    return 'it must be a number';
  }
  if (choices !== undefined && !choices.includes(value)) {
    return `it must be ${choices.slice(0, -1).join(', ')} or ${choices.at(-1)}`;
  }
  return undefined;
}

function switchGiven(name: string, text: string): Given | { kind: 'wrong'; message: string } {
  const value = parseBoolean(text);
  if (value !== undefined) return { kind: 'given', name, value: String(value), words: 1 };
  const message = `flag -${name} is on or off: "${text}" is neither true nor false`;
  return { kind: 'wrong', message };
}

function parsed(
  values: readonly FlagValue[],
  args: readonly string[],
  rest: readonly string[],
): ParsedFlags {
  const text = (name: string): string | undefined =>
    values.findLast(([given]) => given === name)?.[1];
  const flags: Flags = {
    on: (name) => text(name) === 'true',
    text,
    number: (name) => (text(name) === undefined ? undefined : Number(text(name))),
    list: (...names) => values.filter(([name]) => names.includes(name)).map(([, value]) => value),
    given: (...names) => values.some(([name]) => names.includes(name)),
  };
  return { kind: 'parsed', flags, args, rest };
}
