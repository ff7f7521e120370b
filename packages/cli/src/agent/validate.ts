import { hostFacts, loadAgentConfig } from '@chancery/config-files';
import { fail } from '../attempt.ts';
import type { Command } from '../command.ts';

/** `validate` */
export const command: Command = {
  usage: '[-quiet] [-dev] [-config-format FORMAT] FILE_OR_FOLDER...',
  about:
    'Reads configuration as the agent would, and says every mistake in it with its place. Nothing is started.',
  examples: ['validate /etc/chancery.d'],
  flags: [
    { name: 'quiet', kind: 'switch', about: 'Say nothing when all is well.' },
    { name: 'dev', kind: 'switch', about: 'Read it as agent -dev does, which needs no data_dir.' },
    {
      name: 'config-format',
      kind: 'text',
      value: 'hcl|json',
      about: 'What all files are read as, whatever their names.',
      completes: ['hcl', 'json'],
    },
  ],
  operands: ['file'],
  async run({ flags, args, io }) {
    if (args.length === 0) return fail(io, 'Must specify at least one config file or directory');
    const dev = flags.on('dev');
    const format = flags.text('config-format') || undefined;
    if (format !== undefined && format !== 'hcl' && format !== 'json') {
      return fail(io, "-config-format must be either 'hcl' or 'json'");
    }
    const { checkCustomConfig } = await import('@chancery/xds-translator');
    const loaded = loadAgentConfig({
      dev,
      paths: args,
      format,
      fragments: [],
      flags: [],
      host: hostFacts(),
      checkService: checkCustomConfig,
    });
    if (!loaded.ok) return fail(io, `Config validation failed: ${loaded.lines.join('\n')}`);
    for (const warning of loaded.warnings) io.err(warning);
    if (!dev && loaded.config.dataDir === undefined) {
      return fail(
        io,
        'Config validation failed: data_dir cannot be empty: set it, or add -dev for an agent that keeps nothing',
      );
    }
    if (!flags.on('quiet')) io.out('Configuration is valid!');
    return 0;
  },
};
