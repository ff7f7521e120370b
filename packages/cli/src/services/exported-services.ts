import type { ExportedService } from '@chancery/client';
import type { RecordShape } from '@chancery/filter';
import { askAgent } from '../ask-agent.ts';
import { fail } from '../attempt.ts';
import type { Command } from '../command.ts';
import { filterFlag } from '../filter-flag.ts';
import { httpFlags } from '../http-flags.ts';
import { columns } from '../output/columns.ts';
import { formatFlag, printJson, wantsJson } from '../output/format.ts';

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
      const { value: all } = await catalog.exportedServices();
      const value = await fitting(all, flags.text('filter'));
      if (typeof value === 'string') return fail(io, `Error while creating filter: ${value}`);
      if (wantsJson(call)) printJson(io, value);
      else io.out(value.length === 0 ? 'No exported services found' : table(value));
      return 0;
    });
  },
};

const shape: RecordShape = {
  fields: {
    Service: 'text',
    Partition: 'text',
    Consumers: { fields: { Peers: { list: 'text' }, Partitions: { list: 'text' } } },
  },
};

/** The services for which an expression holds, or what is wrong with it: the route knows no filter. */
async function fitting(
  exported: readonly ExportedService[],
  expression: string | undefined,
): Promise<readonly ExportedService[] | string> {
  if (!expression) return exported;
  const { compileFilter } = await import('@chancery/filter');
  const filter = compileFilter(expression, shape);
  return filter.ok ? exported.filter(filter.matches) : filter.message;
}

function table(exported: readonly ExportedService[]): string {
  const rows = exported.map(({ Service, Consumers }) => [
    Service,
    (Consumers.Peers ?? []).join(', '),
  ]);
  return columns([['Service', 'Consumer Peers'], ...rows]);
}
