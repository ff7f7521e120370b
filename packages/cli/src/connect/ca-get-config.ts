import { askAgent } from '../ask-agent.ts';
import type { Command } from '../command.ts';
import { httpFlags } from '../http-flags.ts';

/** `connect ca get-config` */
export const command: Command = {
  usage: '[flags]',
  about:
    'Prints how the certificates of the mesh are made, as JSON. What it prints is what connect ca set-config takes.',
  examples: ['connect ca get-config'],
  flags: httpFlags,
  arguments: 'none',
  async run(call) {
    return await askAgent(call, 'Error querying CA configuration', async ({ connect }) => {
      const configuration = await connect.caConfiguration();
      call.io.out(JSON.stringify(configuration, null, '\t'));
      return 0;
    });
  },
};
