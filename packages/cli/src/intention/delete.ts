import { attempt, fail } from '../attempt.ts';
import type { Command } from '../command.ts';
import { httpFlags, withClient } from '../http-flags.ts';
import { servicePair } from './pair.ts';

/** `intention delete` */
export const command: Command = {
  usage: '[flags] SRC DST, or ID',
  about: 'Deletes the intention about a pair of services, or the one with an ID.',
  flags: httpFlags,
  async run(call) {
    const { args, io } = call;
    const [first, second] = args;
    if (first === undefined || args.length > 2) {
      return fail(io, 'command requires exactly 1 or 2 arguments');
    }
    const pair = second === undefined ? undefined : servicePair(first, second);
    if (pair?.ok === false) return fail(io, pair.message);
    return await withClient(call, (client) =>
      attempt(io, 'Error deleting the intention', async () => {
        if (pair === undefined) await client.intentions.deleteById(first);
        else await client.intentions.delete(pair.source, pair.destination);
        io.out('Intention deleted.');
        return 0;
      }),
    );
  },
};
