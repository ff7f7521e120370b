import type { Command } from '../command.ts';
import { formatFlag, wantsJson } from '../output/format.ts';
import { ownVersion } from '../own-version.ts';

/** The version of Consul whose HTTP API is spoken. */
const consulVersion = '1.20.1';

/** `version` */
export const command: Command = {
  usage: '[-format json]',
  about: 'Prints the version of this program, and of Consul whose HTTP API it speaks.',
  examples: ['version -format json'],
  flags: [formatFlag],
  arguments: 'none',
  async run(call) {
    const { io } = call;
    const version = ownVersion();
    if (wantsJson(call)) {
      io.out(JSON.stringify({ Version: version, ConsulVersion: consulVersion }, null, 3));
    } else {
      io.out(`Chancery v${version}\nHTTP API of Consul ${consulVersion}`);
    }
    return 0;
  },
};
