import { askAgent } from '../ask-agent.ts';
import { fail } from '../attempt.ts';
import type { Command } from '../command.ts';
import { httpFlags } from '../http-flags.ts';
import { formatFlag, printJson, wantsJson } from '../output/format.ts';
import { intentionLine } from './line.ts';
import { serviceName } from './pair.ts';

/** `intention match` */
export const command: Command = {
  usage: '[-source|-destination] [-format json] NAME',
  about: 'Lists the intentions that bear on a service, in the order in which they are tried.',
  examples: ['intention match db', 'intention match -source web'],
  flags: [
    { name: 'source', kind: 'switch', about: 'NAME is the source.' },
    { name: 'destination', kind: 'switch', about: 'NAME is the destination; this is the default.' },
    formatFlag,
    ...httpFlags,
  ],
  operands: ['service'],
  async run(call) {
    const { args, flags, io } = call;
    const [text, ...more] = args;
    if (text === undefined || more.length > 0) {
      return fail(io, 'Error: command requires exactly one argument: src or dst');
    }
    if (flags.on('source') && flags.on('destination')) {
      return fail(io, 'Error: only one of -source or -destination may be specified');
    }
    const name = serviceName(text);
    if (!name.ok) return fail(io, name.message);
    const by = flags.on('source') ? 'source' : 'destination';
    return await askAgent(call, 'Error matching the connection', async ({ intentions }) => {
      const matches = await intentions.match(by, name.value);
      if (wantsJson(call)) printJson(io, matches);
      else for (const intention of matches) io.out(intentionLine(intention));
      return 0;
    });
  },
};
