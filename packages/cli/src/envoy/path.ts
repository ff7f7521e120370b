import { dataHome, findEnvoy } from '@chancery/envoy-runner';
import { fail } from '../attempt.ts';
import type { Command } from '../command.ts';

/** `envoy path` */
export const command: Command = {
  usage: '[-envoy-binary PATH]',
  about: 'Prints the Envoy that connect envoy would run.',
  examples: ['envoy path'],
  flags: [
    {
      name: 'envoy-binary',
      kind: 'text',
      value: 'path',
      about: 'Look here first (CHANCERY_ENVOY).',
      completes: 'file',
    },
  ],
  arguments: 'none',
  async run({ flags, io }) {
    const found = await findEnvoy({
      flag: flags.text('envoy-binary'),
      env: io.environment.CHANCERY_ENVOY,
      path: io.environment.PATH,
      dataHome: dataHome({ ...io.environment }),
    });
    if (!found.ok) return fail(io, found.message);
    io.out(found.binary);
    return 0;
  },
};
