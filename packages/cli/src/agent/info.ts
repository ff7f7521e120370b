import { attempt } from '../attempt.ts';
import type { Command } from '../command.ts';
import { httpFlags, withClient } from '../http-flags.ts';

/** `info` */
export const command: Command = {
  usage: '[flags]',
  about: 'Prints what the agent counts and knows of itself.',
  flags: httpFlags,
  arguments: 'none',
  async run(call) {
    return await withClient(call, (client) =>
      attempt(call.io, 'Error querying agent', async () => {
        const { Stats } = await client.agent.self();
        for (const [section, figures] of sorted(Stats)) {
          call.io.out(`${section}:`);
          for (const [key, value] of sorted(figures)) call.io.out(`\t${key} = ${value}`);
        }
        return 0;
      }),
    );
  },
};

function sorted<T>(record: Readonly<Record<string, T>>): readonly (readonly [string, T])[] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
}
