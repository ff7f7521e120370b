import type { CatalogService, Client, Node } from '@chancery/client';
import { askAgent } from '../ask-agent.ts';
import { fail } from '../attempt.ts';
import type { Call, Command } from '../command.ts';
import { filterFlag, filterOption } from '../filter-flag.ts';
import { httpFlags } from '../http-flags.ts';
import { columns } from '../output/columns.ts';
import { formatFlag, printJson, wantsJson } from '../output/format.ts';
import { nodeMeta, nodeMetaFlag } from './node-meta.ts';

type ListedNode = Pick<Node, 'Node' | 'ID' | 'Address' | 'Datacenter' | 'TaggedAddresses' | 'Meta'>;

/** `catalog nodes` */
export const command: Command = {
  usage:
    '[-detailed] [-service NAME] [-near NODE] [-node-meta k=v] [-filter EXPRESSION] [-format json]',
  about: 'Lists the nodes, optionally only those that carry a service.',
  examples: ['catalog nodes -detailed', 'catalog nodes -service web -near _agent'],
  flags: [
    { name: 'detailed', kind: 'switch', about: 'Print whole IDs, tagged addresses and metadata.' },
    {
      name: 'service',
      kind: 'text',
      value: 'name',
      about: 'Only nodes that carry this service.',
      completes: 'service',
    },
    {
      name: 'near',
      kind: 'text',
      value: 'node',
      about: 'Order by the distance from this node; _agent is that of the agent.',
      completes: 'node',
    },
    nodeMetaFlag,
    filterFlag('Only nodes for which this holds.'),
    formatFlag,
    ...httpFlags,
  ],
  arguments: 'none',
  async run(call) {
    const { flags, io } = call;
    const meta = nodeMeta(flags);
    if (!meta.ok) return fail(io, meta.message);
    return await askAgent(call, 'Error listing nodes', async (client) => {
      const nodes = await listed(client, call, meta.value);
      if (wantsJson(call)) printJson(io, nodes);
      else if (nodes.length > 0) io.out(flags.on('detailed') ? detailed(nodes) : brief(nodes));
      else io.err('No nodes match the given query - try expanding your search.');
      return 0;
    });
  },
};

async function listed(
  client: Client,
  { flags }: Call,
  metadata: Readonly<Record<string, string>>,
): Promise<readonly ListedNode[]> {
  const near = flags.text('near');
  const options = { nodeMeta: metadata, ...filterOption(flags), ...(near && { near }) };
  const service = flags.text('service');
  const nodes =
    service === undefined
      ? (await client.catalog.nodes(options)).value
      : carriers((await client.catalog.service(service, options)).value);
  return near ? nodes : [...nodes].sort((a, b) => (a.Node < b.Node ? -1 : 1));
}

/** The nodes of instances, each once. */
function carriers(instances: readonly CatalogService[]): readonly ListedNode[] {
  const nodes = instances.map(
    ({ ID, Node: name, Address, Datacenter, TaggedAddresses, NodeMeta }): ListedNode => ({
      ID,
      Node: name,
      Address,
      Datacenter,
      TaggedAddresses,
      Meta: NodeMeta,
    }),
  );
  return [...new Map(nodes.map((node) => [node.Node, node])).values()];
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
