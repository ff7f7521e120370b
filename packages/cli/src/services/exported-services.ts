import type { ExportedService } from '@chancery/client';
import { askAgent } from '../ask-agent.ts';
import { columns } from '../columns.ts';
import type { Command } from '../command.ts';
import { filterFlag, filterOption } from '../filter-flag.ts';
import { formatFlag, printJson, wantsJson } from '../format.ts';
import { httpFlags } from '../http-flags.ts';

/** `services exported-services` */
export const command: Command = {
  usage: '[-filter EXPRESSION] [-format json]',
  about: 'Lists the services that other clusters may reach, and which clusters these are.',
  examples: ['services exported-services'],
  flags: [filterFlag('Only services for which this holds.'), formatFlag, ...httpFlags],
  arguments: 'none',
  async run(call) {
    const { flags, io } = call;
    return await askAgent(call, 'Error reading exported services', async ({ catalog }) => {
      const { value } = await catalog.exportedServices(filterOption(flags));
      if (wantsJson(call)) printJson(io, value);
      else io.out(value.length === 0 ? 'No exported services found' : table(value));
      return 0;
    });
  },
};

function table(exported: readonly ExportedService[]): string {
  const rows = exported.map(({ Service, Consumers }) => [
    Service,
    (Consumers.Peers ?? []).join(', '),
  ]);
  return columns([['Service', 'Consumer Peers'], ...rows]);
}
