import { dataHome, findEnvoy, installEnvoy } from '@chancery/envoy-runner';
import { fail } from '../attempt.ts';
import type { Command } from '../command.ts';

/** `envoy install` */
export const command: Command = {
  usage: '',
  about:
    'Installs an Envoy that is known to work into your data folder, and says what it takes from where.',
  examples: ['envoy install'],
  flags: [],
  arguments: 'none',
  async run({ io }) {
    const home = dataHome({ ...io.environment });
    const present = await findEnvoy({ dataHome: home });
    if (present.ok) {
      io.out(`Envoy is installed already: ${present.binary}`);
      return 0;
    }
    const installed = await installEnvoy({ say: io.out, dataHome: home });
    return installed.ok ? 0 : fail(io, installed.message);
  },
};
