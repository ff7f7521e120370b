import { withClient } from '../ask-agent.ts';
import { attempt } from '../attempt.ts';
import type { Command } from '../command.ts';
import { httpFlags } from '../http-flags.ts';

/** `reload` */
export const command: Command = {
  usage: '[flags]',
  about: 'Has the agent read its configuration files again.',
  examples: ['reload'],
  flags: httpFlags,
  arguments: 'none',
  async run(call) {
    return await withClient(call, (client) =>
      attempt(call.io, 'Error reloading', async () => {
        await client.agent.reload();
        call.io.out('Configuration reload triggered');
        return 0;
      }),
    );
  },
};
