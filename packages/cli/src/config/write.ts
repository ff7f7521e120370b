import { entryName } from '@chancery/client';
import { askAgent } from '../ask-agent.ts';
import { fail } from '../attempt.ts';
import { reasonFlag, waitFlags, waitingOf } from '../change-flags.ts';
import type { Command } from '../command.ts';
import { enforced } from '../enforced.ts';
import { httpFlags } from '../http-flags.ts';
import { casFlags } from './entry-flags.ts';

/** `config write` */
export const command: Command = {
  usage: '[-cas -modify-index N] [-wait] [-reason WORDS] FILE, or - for standard input',
  about:
    'Writes the config entry of an HCL or JSON file, over the one of the same kind and name if there is one. What the agent keeps without acting on it is told as a warning.',
  examples: [
    'config write service-defaults.hcl',
    'config write -cas -modify-index 42 service-defaults.hcl',
    'config write -wait -reason "incident 42" db-intentions.hcl',
  ],
  flags: [...casFlags, reasonFlag, ...waitFlags, ...httpFlags],
  operands: ['file'],
  async run(call) {
    const { args, flags, io } = call;
    const waiting = await waitingOf(flags);
    if (!waiting.ok) return fail(io, waiting.message);
    const [path, ...more] = args;
    if (path === undefined || more.length > 0) {
      return fail(
        io,
        'Must provide exactly one positional argument to specify the config entry to write',
      );
    }
    const { entryFromFile } = await import('./entry-file.ts');
    const read = await entryFromFile(path, io);
    if (!read.ok) return fail(io, read.message);
    const { entry } = read;
    const named = `${entry.Kind}/${entryName(entry)}`;
    const options = flags.on('cas') ? { cas: flags.number('modify-index') ?? 0 } : {};
    return await askAgent(
      call,
      `Error writing config entry ${named}`,
      async ({ config }, writes) => {
        if (!(await config.write(entry, options))) {
          return fail(io, `Config entry not updated: ${named}`);
        }
        io.out(`Config entry written: ${named}`);
        return await enforced(call, waiting, writes);
      },
    );
  },
};
