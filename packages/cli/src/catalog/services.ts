import type { Client } from '@chancery/client';
import { attempt, fail } from '../attempt.ts';
import type { Command } from '../command.ts';
import { httpFlags, withClient } from '../http-flags.ts';
import { nodeMeta, nodeMetaFlag } from './node-meta.ts';

type TagsByName = Readonly<Record<string, readonly string[]>>;

/** `catalog services` */
export const command: Command = {
  usage: '[-tags] [-node NODE] [-node-meta k=v]',
  about: 'Lists the names of the services, optionally only those of one node.',
  flags: [
    { name: 'tags', kind: 'switch', about: 'Print the tags of each service beside it.' },
    { name: 'node', kind: 'text', value: 'name', about: 'Only the services of this node.' },
    nodeMetaFlag,
    ...httpFlags,
  ],
  arguments: 'none',
  async run(call) {
    const { flags, io } = call;
    const meta = nodeMeta(flags);
    if (!meta.ok) return fail(io, meta.message);
    const node = flags.text('node');
    return await withClient(call, (client) =>
      attempt(io, 'Error listing services', async () => {
        const services =
          node === undefined
            ? (await client.catalog.services({ nodeMeta: meta.value })).value
            : await servicesOfNode(client, node);
        const names = Object.keys(services).sort();
        if (names.length === 0) {
          io.err('No services match the given query - try expanding your search.');
          return 0;
        }
        io.out(flags.on('tags') ? tagged(names, services) : names.join('\n'));
        return 0;
      }),
    );
  },
};

async function servicesOfNode(client: Client, node: string): Promise<TagsByName> {
  const { value } = await client.catalog.node(node);
  const tags: Record<string, readonly string[]> = {};
  for (const { Service, Tags } of Object.values(value?.Services ?? {})) {
    tags[Service] = [...(tags[Service] ?? []), ...(Tags ?? [])];
  }
  return tags;
}

const gap = 6;

/** Names and tags, six spaces apart as Consul prints them. */
function tagged(names: readonly string[], services: TagsByName): string {
  const width = Math.max(...names.map((name) => name.length)) + gap;
  const lines = names.map((name) => {
    const tags = [...new Set(services[name] ?? [])].sort();
    return name.padEnd(width) + tags.join(',');
  });
  return lines.join('\n').trimEnd();
}
