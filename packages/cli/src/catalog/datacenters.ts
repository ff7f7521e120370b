import { attempt } from '../attempt.ts';
import type { Command } from '../command.ts';
import { httpFlags, withClient } from '../http-flags.ts';

/** `catalog datacenters` */
export const command: Command = {
  usage: '[flags]',
  about: 'Lists the datacenters that the agent knows.',
  flags: httpFlags,
  arguments: 'none',
  async run(call) {
    return await withClient(call, (client) =>
      attempt(call.io, 'Error listing datacenters', async () => {
        for (const name of await client.catalog.datacenters()) call.io.out(name);
        return 0;
      }),
    );
  },
};
