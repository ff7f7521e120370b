import type { Member } from '@chancery/client';
import { askAgent } from '../ask-agent.ts';
import { fail } from '../attempt.ts';
import type { Command } from '../command.ts';
import { filterFlag, filterOption } from '../filter-flag.ts';
import { httpFlags } from '../http-flags.ts';
import { columns } from '../output/columns.ts';
import { formatFlag, printJson, wantsJson } from '../output/format.ts';

const states = ['none', 'alive', 'leaving', 'left', 'failed'];

/** `members`: exit code 2 when none fits. */
export const command: Command = {
  usage: '[-detailed] [-wan] [-status REGEX] [-filter EXPRESSION] [-format json]',
  about: 'Lists the agents of the cluster. Exit code 2: no agent fits.',
  examples: ['members', 'members -status failed', 'members -format json'],
  flags: [
    { name: 'detailed', kind: 'switch', about: "Print each agent's tags instead." },
    { name: 'wan', kind: 'switch', about: 'The servers of all datacenters instead.' },
    {
      name: 'segment',
      kind: 'text',
      value: 'name',
      about: 'Only agents of this network segment; "_all" unless given.',
    },
    {
      name: 'status',
      kind: 'text',
      value: 'regex',
      about: 'Only agents whose status fits: alive, leaving, left or failed.',
      completes: ['alive', 'failed', 'leaving', 'left'],
    },
    filterFlag('Only agents for which this holds.'),
    formatFlag,
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
    const segment = flags.text('segment');
    const options = {
      ...filterOption(flags),
      ...(segment !== undefined && { segment }),
      ...(flags.on('wan') && { wan: true }),
    };
    return await askAgent(call, 'Error retrieving members', async ({ agent }) => {
      const members = (await agent.members(options))
        .filter((member) => status.test(states[member.Status] ?? ''))
        .sort((a, b) => (a.Name < b.Name ? -1 : 1));
      if (wantsJson(call)) printJson(io, members);
      else if (members.length > 0) {
        io.out(columns(flags.on('detailed') ? detailed(members) : brief(members)));
      }
      return members.length === 0 ? 2 : 0;
    });
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
    const { role, segment, ap }: KnownTags = member.Tags;
    const shown = {
      ...member.Tags,
      ap: ap || 'default',
      segment: segment || (role === 'consul' ? '<all>' : '<default>'),
    };
    const tags = Object.entries(shown).map(([key, value]) => `${key}=${value}`);
    return [...start(member), tags.sort().join(',')];
  });
  return [['Node', 'Address', 'Status', 'Tags'], ...rows];
}
