import type { Command } from '../command.ts';
import { findCommand, findGroup } from '../find-command.ts';
import { type Completes, type Flag, type Flags, parseFlags } from '../flags.ts';
import { httpFlags } from '../http-flags.ts';
import type { Io } from '../io.ts';
import { known } from './names.ts';
import { type Candidate, nothing, type Offer, offerWords, plain } from './offer.ts';

/** Commands of the program that are not in this package, by their names. */
export type FurtherCommands = Readonly<Record<string, () => Promise<Completable>>>;

/** What is completed from. */
export type Completable = Pick<Command, 'flags' | 'operands' | 'arguments'>;

/** What to offer at the end of a command line: its words without the program, the last one being typed. */
export async function complete(
  words: readonly string[],
  io: Io,
  further: FurtherCommands = {},
): Promise<Offer> {
  const typed = words.at(-1) ?? '';
  const done = words.slice(0, -1);
  const [first = ''] = done;
  const found = findCommand(done);
  if (found !== undefined) {
    if (found.isMissing) return nothing;
    return await withinCommand(await found.load(), done.slice(found.path.length), typed, io);
  }
  const elsewhere = further[first];
  if (elsewhere !== undefined)
    return await withinCommand(await elsewhere(), done.slice(1), typed, io);
  return nextOfGroup(done, typed, Object.keys(further));
}

/** The words that lead on from a group of commands. */
function nextOfGroup(done: readonly string[], typed: string, further: readonly string[]): Offer {
  const { path, entries } = findGroup(done);
  if (path.length < done.length) return nothing;
  const rows = entries
    .filter(({ isMissing }) => !isMissing)
    .map((each): Candidate => {
      const value = each.path[path.length] ?? '';
      return { value, about: each.path.length === path.length + 1 ? each.summary : '' };
    });
  return offerWords([...rows, ...(done.length === 0 ? plain(further) : [])], typed);
}

async function withinCommand(
  command: Completable,
  done: readonly string[],
  typed: string,
  io: Io,
): Promise<Offer> {
  const read = parseFlags(done, command.flags, { untilArgument: command.arguments === 'child' });
  if (read.kind === 'wrong') return await afterFlag(command, done, typed, io);
  if (read.kind !== 'parsed' || read.rest.length > 0 || done.includes('--')) return nothing;
  const inside = command.arguments === 'child' && read.args.length > 0;
  if (inside) return { kind: 'files' };
  if (typed.startsWith('-')) return await flagsOrValue(command, read.flags, typed, io);
  const operand = command.operands?.[Math.min(read.args.length, command.operands.length - 1)];
  if (operand !== undefined) return await values(operand, typed, { flags: read.flags, io });
  if (command.arguments === 'child') return { kind: 'files' };
  return offerWords(flagCandidates(ownFlags(command), read.flags), typed);
}

/** A flag at the end of what was typed still lacks its value. */
async function afterFlag(
  command: Completable,
  done: readonly string[],
  typed: string,
  io: Io,
): Promise<Offer> {
  const flag = flagNamed(command, /^--?([^=]+)$/.exec(done.at(-1) ?? '')?.[1]);
  const before = parseFlags(done.slice(0, -1), command.flags);
  if (flag === undefined || before.kind !== 'parsed') return nothing;
  return await values(flag.choices ?? flag.completes, typed, { flags: before.flags, io });
}

async function flagsOrValue(
  command: Completable,
  given: Flags,
  typed: string,
  io: Io,
): Promise<Offer> {
  const [, before = '', name, value = ''] = /^(--?([^=]+)=)(.*)$/s.exec(typed) ?? [];
  if (name === undefined)
    return offerWords(flagCandidates(command.flags, given), typed.replace(/^--/, '-'));
  const flag = flagNamed(command, name);
  const offer = await values(flag?.choices ?? flag?.completes, value, { flags: given, io });
  return offer.kind === 'files' ? offer : { ...offer, before };
}

function flagNamed(command: Completable, name: string | undefined): Flag | undefined {
  return command.flags.find((flag) => flag.name === name);
}

function ownFlags({ flags }: Completable): readonly Flag[] {
  return flags.filter((flag) => !httpFlags.includes(flag));
}

/** What may still be given: a flag that was given already only when it may be repeated. */
function flagCandidates(flags: readonly Flag[], given: Flags): readonly Candidate[] {
  return flags
    .filter(({ name, kind }) => kind === 'list' || !given.given(name))
    .map(({ name, about }) => ({ value: `-${name}`, about }));
}

async function values(
  completes: Completes | undefined,
  typed: string,
  context: { readonly flags: Flags; readonly io: Io },
): Promise<Offer> {
  if (completes === undefined) return nothing;
  if (completes === 'file') return { kind: 'files' };
  if (typeof completes !== 'string') return offerWords(plain(completes), typed);
  return offerWords(await known(completes, context), typed);
}
