import { withClient } from '../ask-agent.ts';
import { attempt, fail } from '../attempt.ts';
import { reasonFlag, waitFlags, waitingOf } from '../change-flags.ts';
import type { Command } from '../command.ts';
import { enforced } from '../enforced.ts';
import { httpFlags } from '../http-flags.ts';
import { meantIntention, meantUsage } from './meant-intention.ts';

/** `intention delete` */
export const command: Command = {
  usage: `[-wait] [-reason WORDS] ${meantUsage}`,
  about: 'Deletes the intention about a pair of services, or the one with an ID.',
  examples: ['intention delete web db', 'intention delete -wait web db'],
  flags: [reasonFlag, ...waitFlags, ...httpFlags],
  operands: ['source', 'service'],
  async run(call) {
    const { args, flags, io } = call;
    const waiting = await waitingOf(flags);
    if (!waiting.ok) return fail(io, waiting.message);
    const meant = meantIntention(args);
    if (!meant.ok) return fail(io, meant.message);
    return await withClient(call, (client, writes) =>
      attempt(io, 'Error deleting the intention', async () => {
        if (meant.by === 'id') await client.intentions.deleteById(meant.id);
        else await client.intentions.delete(meant.source, meant.destination);
        io.out('Intention deleted.');
        return await enforced(call, waiting, writes);
      }),
    );
  },
};
