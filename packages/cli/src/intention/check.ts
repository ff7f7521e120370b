import type { Client } from '@chancery/client';
import { withClient } from '../ask-agent.ts';
import { attempt, fail } from '../attempt.ts';
import type { Call, Command } from '../command.ts';
import { httpFlags } from '../http-flags.ts';
import { servicePair } from './pair.ts';

/** The exit code for a question that could not be answered: 1 means denied. */
const unanswered = 2;

/** `intention check` */
export const command: Command = {
  usage: 'SRC DST',
  about:
    'Says whether one service may connect to another, by the intentions and the default policy. Exit code 0: allowed, 1: denied, 2: an error.',
  examples: ['intention check web db'],
  flags: httpFlags,
  operands: ['source', 'service'],
  failureCode: unanswered,
  async run(call) {
    const [source, destination, ...more] = call.args;
    if (source === undefined || destination === undefined || more.length > 0) {
      const message = 'Error: command requires exactly two arguments: src and dst';
      return fail(call.io, message, unanswered);
    }
    const pair = servicePair(source, destination);
    if (!pair.ok) return fail(call.io, pair.message, unanswered);
    return await withClient(call, (client) => check(client, pair, call), unanswered);
  },
};

function check(
  client: Client,
  pair: { readonly source: string; readonly destination: string },
  { io }: Call,
): Promise<number> {
  const ask = async (): Promise<number> => {
    const allowed = await client.intentions.check(pair.source, pair.destination);
    io.out(allowed ? 'Allowed' : 'Denied');
    return allowed ? 0 : 1;
  };
  return attempt(io, 'Error checking the connection', ask, unanswered);
}
