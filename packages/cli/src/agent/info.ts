import { askAgent } from '../ask-agent.ts';
import type { Command } from '../command.ts';
import { httpFlags } from '../http-flags.ts';
import { formatFlag, printJson, wantsJson } from '../output/format.ts';

/** `info` */
export const command: Command = {
  usage: '[-format json]',
  about: 'Prints what the agent counts and knows of itself.',
  examples: ['info'],
  flags: [formatFlag, ...httpFlags],
  arguments: 'none',
  async run(call) {
    const { io } = call;
    return await askAgent(call, 'Error querying agent', async ({ agent }) => {
      const { Stats } = await agent.self();
      if (wantsJson(call)) printJson(io, Stats);
      else io.out(sorted(Stats).map(section).join('\n'));
      return 0;
    });
  },
};

function section([name, figures]: readonly [string, Readonly<Record<string, string>>]): string {
  return [`${name}:`, ...sorted(figures).map(([key, value]) => `\t${key} = ${value}`)].join('\n');
}

function sorted<T>(record: Readonly<Record<string, T>>): readonly (readonly [string, T])[] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
}
