import type { IntentionEntry } from '@chancery/client';
import { attempt } from '../attempt.ts';
import { columns } from '../columns.ts';
import type { Command } from '../command.ts';
import { httpFlags, withClient } from '../http-flags.ts';

/** `intention list`: exit code 2 when there is none. */
export const command: Command = {
  usage: '[flags]',
  about: 'Lists every intention. Exit code 2: there is none.',
  flags: httpFlags,
  arguments: 'none',
  async run(call) {
    const { io } = call;
    return await withClient(call, (client) =>
      attempt(io, 'Failed to retrieve the intentions list', async () => {
        const { value } = await client.intentions.list();
        if (value.length === 0) {
          io.err('There are no intentions.');
          return 2;
        }
        io.out(table(value));
        return 0;
      }),
    );
  },
};

function table(intentions: readonly IntentionEntry[]): string {
  const rows = intentions.map((each) => [
    each.ID ?? '',
    each.SourceName,
    each.Action ?? '',
    each.DestinationName,
    String(each.Precedence),
  ]);
  return columns([['ID', 'Source', 'Action', 'Destination', 'Precedence'], ...rows]);
}
