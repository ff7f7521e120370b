import type { Client, Node } from '@chancery/client';
import { attempt, fail } from '../attempt.ts';
import { columns } from '../columns.ts';
import type { Call, Command } from '../command.ts';
import { httpFlags, withClient } from '../http-flags.ts';
import { nodeMeta, nodeMetaFlag } from './node-meta.ts';

type ListedNode = Pick<Node, 'Node' | 'ID' | 'Address' | 'Datacenter' | 'TaggedAddresses' | 'Meta'>;

/** `catalog nodes` */
export const command: Command = {
  usage: '[-detailed] [-service NAME] [-node-meta k=v]',
  about: 'Lists the nodes, optionally only those that carry a service.',
  flags: [
    { name: 'detailed', kind: 'switch', about: 'Print whole IDs, tagged addresses and metadata.' },
    { name: 'service', kind: 'text', value: 'name', about: 'Only nodes that carry this service.' },
    nodeMetaFlag,
    {
      name: 'filter',
      kind: 'text',
      value: 'expression',
      about: 'Only nodes for which this holds.',
    },
    ...httpFlags,
  ],
  arguments: 'none',
  async run(call) {
    const { flags, io } = call;
    const meta = nodeMeta(flags);
    if (!meta.ok) return fail(io, meta.message);
    return await withClient(call, (client) =>
      attempt(io, 'Error listing nodes', async () => {
        const nodes = await listed(client, call, meta.value);
        if (nodes.length === 0) {
          io.err('No nodes match the given query - try expanding your search.');
          return 0;
        }
        const sorted = [...nodes].sort((a, b) => (a.Node < b.Node ? -1 : 1));
        io.out(flags.on('detailed') ? detailed(sorted) : brief(sorted));
        return 0;
      }),
    );
  },
};

async function listed(
  client: Client,
  { flags }: Call,
  metadata: Readonly<Record<string, string>>,
): Promise<readonly ListedNode[]> {
  const filter = flags.text('filter');
  const options = { nodeMeta: metadata, ...(filter !== undefined && { filter }) };
  const service = flags.text('service');
  if (service === undefined) return (await client.catalog.nodes(options)).value;
  const { value } = await client.catalog.service(service, options);
  const byName = new Map(value.map((each) => [each.Node, { ...each, Meta: each.NodeMeta }]));
  return [...byName.values()];
}

function brief(nodes: readonly ListedNode[]): string {
  const rows = nodes.map((node) => [node.Node, node.ID.slice(0, 8), node.Address, node.Datacenter]);
  return columns([['Node', 'ID', 'Address', 'DC'], ...rows]);
}

function detailed(nodes: readonly ListedNode[]): string {
  const rows = nodes.map((node) => [
    node.Node,
    node.ID,
    node.Address,
    node.Datacenter,
    pairs(node.TaggedAddresses),
    pairs(node.Meta),
  ]);
  return columns([['Node', 'ID', 'Address', 'DC', 'TaggedAddresses', 'Meta'], ...rows]);
}

function pairs(map: Readonly<Record<string, string>> | null): string {
  const entries = Object.entries(map ?? {}).map(([key, value]) => `${key}=${value}`);
  return entries.sort().join(', ');
}
