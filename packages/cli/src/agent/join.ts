import { ClientError } from '@chancery/client';
import { withClient } from '../ask-agent.ts';
import { fail } from '../attempt.ts';
import type { Command } from '../command.ts';
import { httpFlags } from '../http-flags.ts';

/** `join` */
export const command: Command = {
  usage: '[-wan] ADDRESS...',
  about:
    'Asks the agent to join the clusters of other agents. Exit code 1: none of them could be joined.',
  examples: ['join 10.0.0.2'],
  flags: [
    { name: 'wan', kind: 'switch', about: 'Join the servers of another datacenter.' },
    ...httpFlags,
  ],
  async run(call) {
    const { args, flags, io } = call;
    if (args.length === 0) return fail(io, 'At least one address to join must be specified.');
    return await withClient(call, async ({ agent }) => {
      let joined = 0;
      for (const address of args) {
        try {
          await agent.join(address, { wan: flags.on('wan') });
          joined += 1;
        } catch (error) {
          if (!(error instanceof ClientError)) throw error;
          io.err(`Error joining address '${address}': ${error.message}`);
        }
      }
      if (joined === 0) return fail(io, 'Failed to join any nodes.');
      io.out(`Successfully joined cluster by contacting ${joined} nodes.`);
      return 0;
    });
  },
};
