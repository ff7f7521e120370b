import { withClient } from '../ask-agent.ts';
import { attempt } from '../attempt.ts';
import type { Command } from '../command.ts';
import { httpFlags } from '../http-flags.ts';

/** `leave` */
export const command: Command = {
  usage: '[flags]',
  about: 'Has the agent close its connections and stop.',
  examples: ['leave'],
  flags: httpFlags,
  arguments: 'none',
  async run(call) {
    return await withClient(call, (client) =>
      attempt(call.io, 'Error leaving', async () => {
        await client.agent.leave();
        call.io.out('Graceful leave complete');
        return 0;
      }),
    );
  },
};
