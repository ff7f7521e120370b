import { askAgent } from '../ask-agent.ts';
import { fail } from '../attempt.ts';
import type { Command } from '../command.ts';
import { httpFlags } from '../http-flags.ts';

/** `force-leave` */
export const command: Command = {
  usage: '[-prune] [-wan] NODE',
  about: 'Has the cluster give up a node that failed, without waiting for it to come back.',
  examples: ['force-leave node-7'],
  flags: [
    { name: 'prune', kind: 'switch', about: 'Also take it out of the list of members.' },
    { name: 'wan', kind: 'switch', about: 'Give it up in all datacenters.' },
    ...httpFlags,
  ],
  operands: ['node'],
  async run(call) {
    const { args, flags, io } = call;
    const [node, ...more] = args;
    if (node === undefined || more.length > 0) {
      return fail(io, 'A single node name must be specified to force leave.');
    }
    return await askAgent(call, 'Error force leaving', async ({ agent }) => {
      await agent.forceLeave(node, { prune: flags.on('prune'), wan: flags.on('wan') });
      return 0;
    });
  },
};
