import { fail } from './attempt.ts';
import type { Command } from './command.ts';

/** The command that says in one sentence why it is not there, whatever flags and arguments it is given. */
export function missingCommand(path: string, reason: string): Command {
  const sentence = `chancery ${path} is not there yet: ${reason}.`;
  return {
    usage: '',
    about: sentence,
    examples: [],
    flags: [],
    arguments: 'unread',
    run: async ({ io }) => fail(io, sentence),
  };
}
