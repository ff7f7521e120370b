import type { Client, IntentionEntry } from '@chancery/client';
import { withClient } from '../ask-agent.ts';
import { attempt, fail } from '../attempt.ts';
import type { Call, Command } from '../command.ts';
import { httpFlags } from '../http-flags.ts';
import { columns } from '../output/columns.ts';
import { formatFlag, printJson, wantsJson } from '../output/format.ts';
import { longDate } from './long-date.ts';
import { meantIntention, meantUsage } from './meant-intention.ts';

/** `intention get` */
export const command: Command = {
  usage: `[-format json] ${meantUsage}`,
  about: 'Shows the intention about a pair of services, or the one with an ID.',
  examples: ['intention get web db'],
  flags: [formatFlag, ...httpFlags],
  operands: ['source', 'service'],
  async run(call) {
    const { args, io } = call;
    const meant = meantIntention(args);
    if (!meant.ok) return fail(io, meant.message);
    const asked: Asked =
      meant.by === 'id'
        ? { named: `ID "${meant.id}"`, find: (client) => client.intentions.byId(meant.id) }
        : {
            named: `source "${meant.source}" and destination "${meant.destination}"`,
            find: (client) => client.intentions.exact(meant.source, meant.destination),
          };
    return await withClient(call, (client) => show(client, asked, call));
  },
};

/** How Go's client reads a time that is not there: so it is with an intention from a config entry. */
const goZeroTime = '0001-01-01T00:00:00Z';

interface Asked {
  readonly named: string;
  readonly find: (client: Client) => Promise<IntentionEntry | undefined>;
}

function show(client: Client, asked: Asked, call: Call): Promise<number> {
  const { io } = call;
  return attempt(io, 'Error reading the intention', async () => {
    const intention = await asked.find(client);
    if (intention === undefined) return fail(io, `Intention not found with ${asked.named}`);
    if (wantsJson(call)) printJson(io, intention);
    else io.out(card(intention));
    return 0;
  });
}

function card(intention: IntentionEntry): string {
  const { ID, Action, Description, ExpiresAt, Permissions } = intention;
  const rows = [
    ['Source:', intention.SourceName],
    ['Destination:', intention.DestinationName],
    ...(Action ? [['Action:', Action]] : []),
    ...(ID ? [['ID:', ID]] : []),
    ...(Description ? [['Description:', Description]] : []),
    ...Object.entries(intention.Meta ?? {})
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, value]) => [`Meta[${key}]:`, value]),
    ['Created At:', longDate(intention.CreatedAt ?? goZeroTime)],
    ...(ExpiresAt ? [['Ends At:', longDate(ExpiresAt)]] : []),
  ];
  const permissions = Permissions?.length
    ? `\nPermissions:\n${JSON.stringify(Permissions, null, 2)}`
    : '';
  return columns(rows) + permissions;
}
