import { fail } from '../attempt.ts';
import type { Call } from '../command.ts';
import type { Flag } from '../flags.ts';

/** The flag that answers what would be asked. */
export const yesFlag: Flag = {
  name: 'yes',
  kind: 'switch',
  about: 'Make the change without asking; needed where there is no terminal.',
};

/** Whether the user wants a change made that was shown; else the exit code, with the reason told. */
export async function confirmed({ flags, io }: Call): Promise<true | number> {
  if (flags.on(yesFlag.name)) return true;
  if (io.ask === undefined) {
    return fail(io, 'There is no terminal to ask on: -yes makes the change without asking');
  }
  const answer = await io.ask('Make this change? Only "yes" makes it: ');
  return answer.trim() === 'yes' ? true : fail(io, 'Nothing was changed');
}
