import type { Peering } from '@chancery/client';
import { askAgent } from '../ask-agent.ts';
import type { Command } from '../command.ts';
import { httpFlags } from '../http-flags.ts';
import { columns } from '../output/columns.ts';
import { formatFlag, printJson, wantsJson } from '../output/format.ts';

/** `peering list` */
export const command: Command = {
  usage: '[-format json]',
  about: 'Lists the connections to other clusters.',
  examples: ['peering list'],
  flags: [formatFlag, ...httpFlags],
  arguments: 'none',
  async run(call) {
    const { io } = call;
    return await askAgent(call, 'Error listing peerings', async ({ operator }) => {
      const peerings = await operator.peerings();
      if (wantsJson(call)) printJson(io, peerings);
      else io.out(peerings.length === 0 ? 'There are no peering connections.' : table(peerings));
      return 0;
    });
  },
};

function table(peerings: readonly Peering[]): string {
  const rows = peerings
    .map((peering) => [
      peering.Name,
      peering.State,
      String(peering.StreamStatus?.ImportedServices?.length ?? 0),
      String(peering.StreamStatus?.ExportedServices?.length ?? 0),
      pairs(peering.Meta ?? {}),
    ])
    .sort(([a = ''], [b = '']) => (a < b ? -1 : 1));
  return columns([['Name', 'State', 'Imported Svcs', 'Exported Svcs', 'Meta'], ...rows]);
}

function pairs(meta: Readonly<Record<string, string>>): string {
  const entries = Object.entries(meta).map(([key, value]) => `${key}=${value}`);
  return entries.sort().join(',');
}
