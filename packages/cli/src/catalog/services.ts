import type { Client } from '@chancery/client';
import { askAgent } from '../ask-agent.ts';
import { fail } from '../attempt.ts';
import type { Command } from '../command.ts';
import { httpFlags } from '../http-flags.ts';
import { columns } from '../output/columns.ts';
import { formatFlag, printJson, wantsJson } from '../output/format.ts';
import { nodeMeta, nodeMetaFlag } from './node-meta.ts';

type TagsByName = Readonly<Record<string, readonly string[]>>;

/** `catalog services` */
export const command: Command = {
  usage: '[-tags] [-node NODE] [-node-meta k=v] [-format json]',
  about: 'Lists the names of the services, optionally only those of one node.',
  examples: ['catalog services -tags'],
  flags: [
    { name: 'tags', kind: 'switch', about: 'Print the tags of each service beside it.' },
    {
      name: 'node',
      kind: 'text',
      value: 'name',
      about: 'Only the services of this node.',
      completes: 'node',
    },
    nodeMetaFlag,
    formatFlag,
    ...httpFlags,
  ],
  arguments: 'none',
  async run(call) {
    const { flags, io } = call;
    const meta = nodeMeta(flags);
    if (!meta.ok) return fail(io, meta.message);
    const node = flags.text('node');
    return await askAgent(call, 'Error listing services', async (client) => {
      const services =
        node === undefined
          ? (await client.catalog.services({ nodeMeta: meta.value })).value
          : await servicesOfNode(client, node);
      const names = Object.keys(services).sort();
      if (wantsJson(call)) printJson(io, services);
      else if (names.length > 0)
        io.out(flags.on('tags') ? tagged(names, services) : names.join('\n'));
      else io.err('No services match the given query - try expanding your search.');
      return 0;
    });
  },
};

async function servicesOfNode(client: Client, node: string): Promise<TagsByName> {
  const { value } = await client.catalog.node(node);
  const tags: Record<string, readonly string[]> = {};
  for (const { Service, Tags } of Object.values(value?.Services ?? {})) {
    tags[Service] = [...new Set([...(tags[Service] ?? []), ...(Tags ?? [])])].sort();
  }
  return tags;
}

const gap = 6;

/** Names and tags, six spaces apart as Consul prints them. */
function tagged(names: readonly string[], services: TagsByName): string {
  const rows = names.map((name) => [name, [...(services[name] ?? [])].sort().join(',')]);
  return columns(rows, gap).trimEnd();
}
