import type { Member } from '@chancery/client';
import { attempt, fail } from '../attempt.ts';
import { columns } from '../columns.ts';
import type { Command } from '../command.ts';
import { httpFlags, withClient } from '../http-flags.ts';

const states = ['none', 'alive', 'leaving', 'left', 'failed'];

/** `members`: exit code 2 when none fits. */
export const command: Command = {
  usage: '[-detailed] [-status REGEX]',
  about: 'Lists the agents. Exit code 2: no agent fits.',
  flags: [
    { name: 'detailed', kind: 'switch', about: "Print each agent's tags instead." },
    {
      name: 'status',
      kind: 'text',
      value: 'regex',
      about: 'Only agents whose status fits: alive, leaving, left or failed.',
    },
    ...httpFlags,
  ],
  arguments: 'none',
  async run(call) {
    const { flags, io } = call;
    const status = pattern(flags.text('status') ?? '.*');
    if (status === undefined) {
      return fail(
        io,
        `invalid value "${flags.text('status')}" for flag -status: it is no regular expression`,
      );
    }
    return await withClient(call, (client) =>
      attempt(io, 'Error retrieving members', async () => {
        const members = (await client.agent.members())
          .filter((member) => status.test(states[member.Status] ?? ''))
          .sort((a, b) => (a.Name < b.Name ? -1 : 1));
        if (members.length === 0) return 2;
        io.out(columns(flags.on('detailed') ? detailed(members) : brief(members)));
        return 0;
      }),
    );
  },
};

function pattern(text: string): RegExp | undefined {
  try {
    return new RegExp(text);
  } catch {
    return undefined;
  }
}

function brief(members: readonly Member[]): readonly (readonly string[])[] {
  const header = 'Node Address Status Type Build Protocol DC Partition Segment'.split(' ');
  return [header, ...members.map((member) => [...start(member), ...facts(member.Tags)])];
}

function start(member: Member): readonly string[] {
  const host = member.Addr.includes(':') ? `[${member.Addr}]` : member.Addr;
  return [member.Name, `${host}:${member.Port}`, states[member.Status] ?? ''];
}

interface KnownTags {
  readonly role?: string;
  readonly build?: string;
  readonly vsn?: string;
  readonly dc?: string;
  readonly ap?: string;
  readonly segment?: string;
}

function facts(tags: Readonly<Record<string, string>>): readonly string[] {
  const known: KnownTags = tags;
  const server = known.role === 'consul';
  return [
    server ? 'server' : 'client',
    (known.build ?? '').split(':')[0] ?? '',
    known.vsn ?? '',
    known.dc ?? '',
    known.ap || 'default',
    known.segment || (server ? '<all>' : '<default>'),
  ];
}

function detailed(members: readonly Member[]): readonly (readonly string[])[] {
  const rows = members.map((member) => {
    const { role, segment }: KnownTags = member.Tags;
    const shown = {
      ...member.Tags,
      segment: segment || (role === 'consul' ? '<all>' : '<default>'),
    };
    const tags = Object.entries(shown).map(([key, value]) => `${key}=${value}`);
    return [...start(member), tags.sort().join(',')];
  });
  return [['Node', 'Address', 'Status', 'Tags'], ...rows];
}
