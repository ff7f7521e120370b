import { setTimeout as sleep } from 'node:timers/promises';
import { parseBoolean } from '@chancery/client';
import { askAgent } from '../ask-agent.ts';
import { fail } from '../attempt.ts';
import type { Call, Command } from '../command.ts';
import type { Flags } from '../flags.ts';
import { httpFlags } from '../http-flags.ts';
import { interruption } from '../interruption.ts';
import { printJson } from '../output/format.ts';
import { type Follower, follow } from './follow.ts';
import { runChild } from './run-child.ts';
import { watchFlags } from './watch-flags.ts';
import { type Mark, missingTypes, type Reading, watchTypes } from './watch-types.ts';

/** `watch` */
export const command: Command = {
  usage: '-type TYPE [flags] [PROGRAM [ARGUMENTS]]',
  about:
    'Runs a program at every change of what is watched, with the new value as JSON on its standard input and its index in CONSUL_INDEX; ends when the program fails, or with an interrupt. Without a program it prints the value as it is now.',
  examples: [
    'watch -type services',
    'watch -type service -service web -passingonly=true ./reload-proxy.sh',
  ],
  flags: [...watchFlags, ...httpFlags],
  arguments: 'child',
  async run(call) {
    const { flags, io } = call;
    const problem = mistake(flags);
    if (problem !== undefined) return fail(io, problem);
    return await askAgent(call, 'Error querying Consul agent', async (client) => {
      await client.operator.leader();
      const read = watchTypes[flags.text('type') ?? '']?.read(flags);
      if (read === undefined) return 1;
      using interrupted = interruption();
      return await follow(client, read, follower(call, interrupted.signal), interrupted.signal);
    });
  },
};

function mistake(flags: Flags): string | undefined {
  const type = flags.text('type');
  if (!type) return 'Watch type must be specified';
  const missing = missingTypes[type];
  if (missing !== undefined) return `chancery watch -type ${type} is not there yet: ${missing}.`;
  const known = watchTypes[type];
  if (known === undefined) return `Unsupported watch type: ${type}`;
  const passing = flags.text('passingonly');
  if (passing !== undefined && parseBoolean(passing) === undefined) {
    return `Failed to parse passingonly flag: "${passing}" is neither true nor false`;
  }
  const stray = narrowing.filter((flag) => flags.given(flag) && !known.flags.includes(flag));
  return stray.length > 0 ? `Invalid parameters: [${stray.join(' ')}]` : known.problem?.(flags);
}

const narrowing = ['service', 'tag', 'state', 'passingonly', 'filter', 'key', 'prefix', 'name'];

function follower({ flags, args, io }: Call, signal: AbortSignal): Follower {
  return {
    async onChange({ value, mark }: Reading) {
      if (args.length === 0) {
        printJson(io, value);
        return 0;
      }
      const shell = !flags.given('shell') || flags.on('shell');
      const input = `${JSON.stringify(value)}\n`;
      return await runChild({ words: args, shell, index: indexText(mark), input }, io, signal);
    },
    wait: (ms, ended) => sleep(ms, undefined, { signal: ended }).catch(() => undefined),
    onFailure: (error, seconds) =>
      io.err(
        `Watch of ${flags.text('type')} errored: ${error.message}; trying again in ${seconds}s`,
      ),
  };
}

function indexText(mark: Mark): string {
  return 'index' in mark ? String(mark.index) : mark.hash;
}
