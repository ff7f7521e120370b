import type { Client } from '@chancery/client';
import { withClient } from '../ask-agent.ts';
import { attempt, fail } from '../attempt.ts';
import type { Call, Command } from '../command.ts';
import { httpFlags } from '../http-flags.ts';
import { roundTripMs } from './round-trip.ts';

/** `rtt` */
export const command: Command = {
  usage: '[-wan] NODE [NODE]',
  about:
    'Estimates the round-trip time between two nodes, or between a node and the agent, from the coordinates that the agent keeps.',
  examples: ['rtt node-1 node-2', 'rtt -wan node-1.dc1 node-2.dc2'],
  flags: [
    {
      name: 'wan',
      kind: 'switch',
      about: 'Between servers of datacenters, each named NODE.DATACENTER.',
    },
    ...httpFlags,
  ],
  operands: ['node'],
  async run(call) {
    const { args, flags, io } = call;
    if (args.length < 1 || args.length > 2) {
      return fail(io, 'One or two node names must be specified');
    }
    if (flags.on('wan') && args.some((name) => !/.\../.test(name))) {
      return fail(io, 'Node names must be specified as <node name>.<datacenter> with -wan');
    }
    return await withClient(call, async (client) => {
      const second = args[1] ?? (await agentName(client, call));
      return second === undefined ? 1 : await estimate(client, [args[0] ?? '', second], call);
    });
  },
};

async function agentName({ agent }: Client, { flags, io }: Call): Promise<string | undefined> {
  let name: string | undefined;
  await attempt(io, 'Unable to look up agent info', async () => {
    const { NodeName, Datacenter } = (await agent.self()).Config;
    name = flags.on('wan') ? `${NodeName}.${Datacenter}` : NodeName;
    return 0;
  });
  return name;
}

async function estimate(
  client: Client,
  [from, to]: readonly [string, string],
  { flags, io }: Call,
): Promise<number> {
  return await attempt(io, 'Error getting coordinates', async () => {
    const places = flags.on('wan') ? await serversByName(client) : await nodesByName(client);
    const [a, b] = [places.get(from), places.get(to)];
    if (!a || !b) return fail(io, `Could not find a coordinate for node "${a ? to : from}"`);
    const time = roundTripMs(a.Coord, b.Coord).toFixed(3);
    const source = flags.on('wan') ? 'WAN' : 'LAN';
    io.out(`Estimated ${from} <-> ${to} rtt: ${time} ms (using ${source} coordinates)`);
    return 0;
  });
}

type Places = ReadonlyMap<string, Awaited<ReturnType<Client['coordinates']['nodes']>>[number]>;

async function nodesByName({ coordinates }: Client): Promise<Places> {
  return new Map((await coordinates.nodes()).map((each) => [each.Node, each]));
}

async function serversByName({ coordinates }: Client): Promise<Places> {
  const datacenters = await coordinates.datacenters();
  return new Map(
    datacenters.flatMap(({ Datacenter, Coordinates }) =>
      Coordinates.map((each) => [`${each.Node}.${Datacenter}`, each] as const),
    ),
  );
}
