import { askAgent } from '../ask-agent.ts';
import { fail } from '../attempt.ts';
import type { Command } from '../command.ts';
import { httpFlags } from '../http-flags.ts';
import { formatFlag, printJson, wantsJson } from '../output/format.ts';
import { billableText, connectText, type UsageScope } from './usage-text.ts';

/** `operator usage instances` */
export const command: Command = {
  usage: '[-billable|-connect] [-all-datacenters] [-format json]',
  about:
    'Counts nodes, services and their instances, and those of them that are proxies or gateways. Billable is what Consul calls the instances that are neither itself nor proxies.',
  examples: ['operator usage instances'],
  flags: [
    { name: 'billable', kind: 'switch', about: 'Only nodes and services.' },
    { name: 'connect', kind: 'switch', about: 'Only proxies, gateways and native services.' },
    { name: 'all-datacenters', kind: 'switch', about: 'Count in every datacenter.' },
    formatFlag,
    ...httpFlags,
  ],
  arguments: 'none',
  async run(call) {
    const { flags, io } = call;
    const [billable, connect] = [flags.on('billable'), flags.on('connect')];
    if (billable && connect) return fail(io, 'Cannot specify both -billable and -connect flags');
    const global = flags.on('all-datacenters');
    return await askAgent(call, 'Error fetching usage information', async ({ operator }) => {
      const usage = await operator.usage({ global });
      if (wantsJson(call)) {
        printJson(io, usage);
        return 0;
      }
      const scope: UsageScope = global ? 'all' : 'one';
      if (!connect) io.out(billableText(usage, scope));
      if (!billable) io.out(connectText(usage, scope));
      return 0;
    });
  },
};
