import { readFileSync } from 'node:fs';
import { fail } from '../attempt.ts';
import type { Command } from '../command.ts';

/** The version of Consul whose HTTP API is spoken. */
const consulVersion = '1.20.1';

/** `version` */
export const command: Command = {
  usage: '[-format pretty|json]',
  about: 'Prints the version.',
  flags: [{ name: 'format', kind: 'text', value: 'pretty|json', about: 'How to print it.' }],
  arguments: 'none',
  async run({ flags, io }) {
    const format = flags.text('format') ?? 'pretty';
    const version = ownVersion();
    if (format === 'pretty') {
      io.out(`Chancery v${version}\nHTTP API of Consul ${consulVersion}`);
    } else if (format === 'json') {
      io.out(JSON.stringify({ Version: version, ConsulVersion: consulVersion }, null, 3));
    } else {
      return fail(io, `Unknown format: ${format}`);
    }
    return 0;
  },
};

function ownVersion(): string {
  const manifest = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(manifest) as { readonly version: string }).version;
}
