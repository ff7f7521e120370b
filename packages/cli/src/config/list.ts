import { entryName } from '@chancery/client';
import { askAgent } from '../ask-agent.ts';
import { fail } from '../attempt.ts';
import type { Command } from '../command.ts';
import { filterFlag, filterOption } from '../filter-flag.ts';
import { httpFlags } from '../http-flags.ts';
import { formatFlag, printJson, wantsJson } from '../output/format.ts';
import { kindFlag } from './entry-flags.ts';
import { shownEntry } from './shown-entry.ts';

/** `config list` */
export const command: Command = {
  usage: '-kind KIND [-filter EXPRESSION] [-format json]',
  about: 'Lists the names of the config entries of a kind; as JSON, the entries themselves.',
  examples: ['config list -kind service-defaults'],
  flags: [kindFlag, filterFlag('Only entries for which this holds.'), formatFlag, ...httpFlags],
  arguments: 'none',
  async run(call) {
    const { flags, io } = call;
    const kind = flags.text('kind');
    if (!kind) return fail(io, 'Must specify the -kind parameter');
    const tried = `Error listing config entries for kind "${kind}"`;
    return await askAgent(call, tried, async ({ config }) => {
      const { value } = await config.entries(kind, filterOption(flags));
      if (wantsJson(call)) printJson(io, value.map(shownEntry));
      else for (const entry of value) io.out(entryName(entry));
      return 0;
    });
  },
};
