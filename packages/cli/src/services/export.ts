import type { ConfigEntry } from '@chancery/client';
import { askAgent } from '../ask-agent.ts';
import { attempt, fail } from '../attempt.ts';
import { reasonFlag } from '../change-flags.ts';
import type { Command } from '../command.ts';
import type { Flags } from '../flags.ts';
import { httpFlags } from '../http-flags.ts';
import { type Consumers, exportingEntry } from './exporting-entry.ts';

/** `services export` */
export const command: Command = {
  usage: '-name SERVICE -consumer-peers PEER,... [-consumer-partitions PARTITION,...]',
  about:
    'Lets other clusters reach a service: adds them to its consumers in the config entry exported-services/default.',
  examples: ['services export -name web -consumer-peers east,west'],
  flags: [
    {
      name: 'name',
      kind: 'text',
      value: 'name',
      about: 'The service to export.',
      completes: 'service',
    },
    {
      name: 'consumer-peers',
      kind: 'text',
      value: 'peers',
      about: 'The clusters that may reach it, with commas between them.',
    },
    {
      name: 'consumer-partitions',
      kind: 'text',
      value: 'partitions',
      about: 'The partitions that may reach it, with commas between them.',
    },
    reasonFlag,
    ...httpFlags,
  ],
  arguments: 'none',
  async run(call) {
    const { flags, io } = call;
    const service = flags.text('name');
    const meant = meantConsumers(flags);
    if (!service) return fail(io, 'Missing the required -name flag');
    if (typeof meant === 'string') return fail(io, meant);
    const named = 'config entry exported-services/default';
    return await askAgent(call, `Error reading ${named}`, async ({ config }) => {
      const existing = await config.entry('exported-services', 'default');
      const entry: ConfigEntry = exportingEntry(existing, service, meant);
      return await attempt(io, `Error writing ${named}`, async () => {
        if (!(await config.write(entry, { cas: existing?.ModifyIndex ?? 0 }))) {
          return fail(io, `The ${named} was changed meanwhile: try again`);
        }
        io.out(`Successfully exported service ${JSON.stringify(service)} to ${shown(meant)}`);
        return 0;
      });
    });
  },
};

function meantConsumers(flags: Flags): Consumers | string {
  const listed = (flag: string) => (flags.text(flag) || undefined)?.split(',') ?? [];
  const consumers = {
    peers: listed('consumer-peers'),
    partitions: listed('consumer-partitions'),
  };
  if (consumers.peers.includes('')) return 'Invalid peer ""';
  if (consumers.partitions.includes('')) return 'Invalid partition ""';
  return consumers.peers.length + consumers.partitions.length > 0
    ? consumers
    : 'Missing the required -consumer-peers or -consumer-partitions flag';
}

function shown({ peers, partitions }: Consumers): string {
  const parts = [
    ...(peers.length > 0 ? [`cluster peers ${JSON.stringify(peers.join(','))}`] : []),
    ...(partitions.length > 0 ? [`to partitions ${JSON.stringify(partitions.join(','))}`] : []),
  ];
  return parts.join(' and ').replace(/^to /, '');
}
