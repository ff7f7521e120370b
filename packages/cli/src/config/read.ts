import { askAgent } from '../ask-agent.ts';
import { fail } from '../attempt.ts';
import type { Command } from '../command.ts';
import { httpFlags } from '../http-flags.ts';
import { printJson } from '../output/format.ts';
import { kindFlag, nameFlag } from './entry-flags.ts';
import { shownEntry } from './shown-entry.ts';

/** `config read` */
export const command: Command = {
  usage: '-kind KIND -name NAME',
  about: 'Prints a config entry as JSON, with the ModifyIndex that a later -cas takes.',
  examples: ['config read -kind service-defaults -name web'],
  flags: [kindFlag, nameFlag, ...httpFlags],
  arguments: 'none',
  async run(call) {
    const { flags, io } = call;
    const kind = flags.text('kind');
    const name = flags.text('name');
    if (!kind) return fail(io, 'Must specify the -kind parameter');
    if (!name) return fail(io, 'Must specify the -name parameter');
    return await askAgent(call, `Error reading config entry ${kind}/${name}`, async (client) => {
      printJson(io, shownEntry(await client.config.read(kind, name)));
      return 0;
    });
  },
};
