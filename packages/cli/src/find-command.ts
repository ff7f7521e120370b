import { type CommandEntry, commands } from './commands.ts';

/** The command whose path the words begin with; of several the longest. */
export function findCommand(words: readonly string[]): CommandEntry | undefined {
  let longest: CommandEntry | undefined;
  for (const each of commands) {
    const fits = each.path.every((word, at) => words[at] === word);
    if (fits && each.path.length > (longest?.path.length ?? 0)) longest = each;
  }
  return longest;
}

/** A group of commands that words lead into, such as `connect ca`. */
export interface Group {
  readonly path: readonly string[];
  readonly entries: readonly CommandEntry[];
}

/** The group that the words lead into as far as they are known; no words lead into the group of all commands. */
export function findGroup(words: readonly string[]): Group {
  for (let length = words.length; length > 0; length -= 1) {
    const path = words.slice(0, length);
    const entries = commands.filter((each) => path.every((word, at) => each.path[at] === word));
    if (entries.length > 0) return { path, entries };
  }
  return { path: [], entries: commands };
}
