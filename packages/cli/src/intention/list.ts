import type { IntentionEntry } from '@chancery/client';
import { askAgent } from '../ask-agent.ts';
import type { Command } from '../command.ts';
import { filterFlag, filterOption } from '../filter-flag.ts';
import { httpFlags } from '../http-flags.ts';
import { columns } from '../output/columns.ts';
import { formatFlag, printJson, wantsJson } from '../output/format.ts';
import { longDate } from './long-date.ts';

/** `intention list`: exit code 2 when there is none. */
export const command: Command = {
  usage: '[-filter EXPRESSION] [-format json]',
  about: 'Lists every intention. Exit code 2: there is none.',
  examples: ['intention list'],
  flags: [filterFlag('Only intentions for which this holds.'), formatFlag, ...httpFlags],
  arguments: 'none',
  async run(call) {
    const { flags, io } = call;
    const tried = 'Failed to retrieve the intentions list';
    return await askAgent(call, tried, async ({ intentions }) => {
      const { value } = await intentions.list(filterOption(flags));
      if (wantsJson(call)) printJson(io, value);
      else if (value.length > 0) io.out(table(value));
      else io.err('There are no intentions.');
      return value.length === 0 ? 2 : 0;
    });
  },
};

/** When one of them ends is a column where one does. */
function table(intentions: readonly IntentionEntry[]): string {
  const rows = intentions.map((each) => [
    each.ID ?? '',
    each.SourceName,
    each.Action ?? '',
    each.DestinationName,
    String(each.Precedence),
    each.ExpiresAt === undefined ? '' : longDate(each.ExpiresAt),
  ]);
  const head = ['ID', 'Source', 'Action', 'Destination', 'Precedence', 'Ends At'];
  const someEnd = intentions.some(({ ExpiresAt }) => ExpiresAt !== undefined);
  return columns([head, ...rows].map((row) => (someEnd ? row : row.slice(0, -1))));
}
