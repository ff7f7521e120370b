import { attempt, fail } from '../attempt.ts';
import type { Command } from '../command.ts';
import { httpFlags, withClient } from '../http-flags.ts';
import { intentionLine } from './line.ts';
import { serviceName } from './pair.ts';

/** `intention match` */
export const command: Command = {
  usage: '[-source|-destination] NAME',
  about: 'Lists the intentions that bear on a service, in the order in which they are tried.',
  flags: [
    { name: 'source', kind: 'switch', about: 'NAME is the source.' },
    { name: 'destination', kind: 'switch', about: 'NAME is the destination; this is the default.' },
    ...httpFlags,
  ],
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
    return await withClient(call, (client) =>
      attempt(io, 'Error matching the connection', async () => {
        const matches = await client.intentions.match(by, name.value);
        for (const intention of matches) io.out(intentionLine(intention));
        return 0;
      }),
    );
  },
};
