import type { RaftServer } from '@chancery/client';
import { askAgent } from '../ask-agent.ts';
import type { Command } from '../command.ts';
import { httpFlags } from '../http-flags.ts';
import { columns } from '../output/columns.ts';
import { formatFlag, printJson, wantsJson } from '../output/format.ts';

/** `operator raft list-peers` */
export const command: Command = {
  usage: '[-format json]',
  about:
    'Lists the servers that keep the state, which of them leads, and how far the others are behind.',
  examples: ['operator raft list-peers'],
  flags: [formatFlag, ...httpFlags],
  arguments: 'none',
  async run(call) {
    const tried = 'Error getting peers: Failed to retrieve raft configuration';
    return await askAgent(call, tried, async ({ operator }) => {
      const servers = await operator.raftServers();
      if (wantsJson(call)) printJson(call.io, servers);
      else call.io.out(table(servers));
      return 0;
    });
  },
};

const header = [
  'Node',
  'ID',
  'Address',
  'State',
  'Voter',
  'RaftProtocol',
  'Commit Index',
  'Trails Leader By',
];

function table(servers: readonly RaftServer[]): string {
  const leader = servers.find(({ Leader }) => Leader);
  const rows = servers.map((server) => [
    server.Node,
    server.ID,
    server.Address,
    server.Leader ? 'leader' : 'follower',
    String(server.Voter),
    server.ProtocolVersion,
    String(server.LastIndex),
    server.Leader ? '-' : behind(server, leader),
  ]);
  return columns([header, ...rows]);
}

function behind(server: RaftServer, leader: RaftServer | undefined): string {
  if (leader === undefined) return 'unknown';
  const commits = leader.LastIndex - server.LastIndex;
  return `${commits} commit${commits === 1 ? '' : 's'}`;
}
