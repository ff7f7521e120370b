import { askAgent } from '../ask-agent.ts';
import type { Command } from '../command.ts';
import { httpFlags } from '../http-flags.ts';
import { formatFlag, printJson, wantsJson } from '../output/format.ts';

/** `catalog datacenters` */
export const command: Command = {
  usage: '[-format json]',
  about: 'Lists the datacenters that the agent knows.',
  examples: ['catalog datacenters'],
  flags: [formatFlag, ...httpFlags],
  arguments: 'none',
  async run(call) {
    return await askAgent(call, 'Error listing datacenters', async ({ catalog }) => {
      const names = await catalog.datacenters();
      if (wantsJson(call)) printJson(call.io, names);
      else for (const name of names) call.io.out(name);
      return 0;
    });
  },
};
