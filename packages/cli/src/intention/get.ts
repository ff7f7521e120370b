import type { Client, IntentionEntry } from '@chancery/client';
import { attempt, fail } from '../attempt.ts';
import { columns } from '../columns.ts';
import type { Call, Command } from '../command.ts';
import { httpFlags, withClient } from '../http-flags.ts';
import { longDate } from './long-date.ts';
import { servicePair } from './pair.ts';

/** `intention get` */
export const command: Command = {
  usage: '[flags] SRC DST, or ID',
  about: 'Shows the intention about a pair of services, or the one with an ID.',
  flags: httpFlags,
  async run(call) {
    const { args, io } = call;
    const [first, second] = args;
    if (first === undefined || args.length > 2) {
      return fail(io, 'command requires exactly 1 or 2 arguments');
    }
    const pair = second === undefined ? undefined : servicePair(first, second);
    if (pair?.ok === false) return fail(io, pair.message);
    const asked: Asked =
      pair === undefined
        ? { named: `ID "${first}"`, find: (client) => client.intentions.byId(first) }
        : {
            named: `source "${pair.source}" and destination "${pair.destination}"`,
            find: (client) => client.intentions.exact(pair.source, pair.destination),
          };
    return await withClient(call, (client) => show(client, asked, call));
  },
};

interface Asked {
  readonly named: string;
  readonly find: (client: Client) => Promise<IntentionEntry | undefined>;
}

function show(client: Client, asked: Asked, { io }: Call): Promise<number> {
  return attempt(io, 'Error reading the intention', async () => {
    const intention = await asked.find(client);
    if (intention === undefined) return fail(io, `Intention not found with ${asked.named}`);
    io.out(card(intention));
    return 0;
  });
}

function card(intention: IntentionEntry): string {
  const { ID, Action, Description, Permissions } = intention;
  const rows = [
    ['Source:', intention.SourceName],
    ['Destination:', intention.DestinationName],
    ...(Action ? [['Action:', Action]] : []),
    ...(ID ? [['ID:', ID]] : []),
    ...(Description ? [['Description:', Description]] : []),
    ...Object.entries(intention.Meta ?? {})
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, value]) => [`Meta[${key}]:`, value]),
    ['Created At:', longDate(intention.CreatedAt)],
  ];
  const permissions = Permissions?.length
    ? `\nPermissions:\n${JSON.stringify(Permissions, null, 2)}`
    : '';
  return columns(rows) + permissions;
}
