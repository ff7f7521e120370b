import { ClientError } from '@chancery/client';
import { askAgent } from '../ask-agent.ts';
import { fail } from '../attempt.ts';
import type { Command } from '../command.ts';
import { httpFlags } from '../http-flags.ts';
import { interruption } from '../interruption.ts';
import type { Io } from '../io.ts';
import { linesOf } from '../lines.ts';

/** `monitor` */
export const command: Command = {
  usage: '[-log-level LEVEL] [-log-json]',
  about:
    "Prints the agent's log as it is written, from a level on that need not be the one of the agent's own log. Ends with an interrupt, or with the agent.",
  examples: ['monitor -log-level debug'],
  flags: [
    {
      name: 'log-level',
      kind: 'text',
      value: 'level',
      about: 'The least level that is printed: trace, debug, info (unless given), warn or err.',
      completes: ['trace', 'debug', 'info', 'warn', 'err'],
    },
    { name: 'log-json', kind: 'switch', about: 'Print each line as JSON.' },
    ...httpFlags,
  ],
  arguments: 'none',
  async run(call) {
    const { flags, io } = call;
    using interrupted = interruption();
    const { signal } = interrupted;
    const options = { logLevel: flags.text('log-level') ?? 'INFO', json: flags.on('log-json') };
    return await askAgent(call, 'Error starting monitor', async ({ agent }) => {
      try {
        const pieces = await agent.monitor({ ...options, signal });
        return (await printed(pieces, io)) ? fail(io, agentIsGone) : 0;
      } catch (error) {
        if (signal.aborted) return 0;
        throw error;
      }
    });
  },
};

const agentIsGone = 'The agent ended its log: it has stopped, or the connection to it broke';

/** Prints lines until either side ends it; says whether it was the agent. */
async function printed(pieces: AsyncIterable<string>, io: Io): Promise<boolean> {
  try {
    for await (const line of linesOf(pieces)) io.out(line);
    return true;
  } catch (error) {
    if (!(error instanceof ClientError)) throw error;
    return error.kind !== 'aborted';
  }
}
