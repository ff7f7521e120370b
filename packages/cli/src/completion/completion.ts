import { fail } from '../attempt.ts';
import type { Command } from '../command.ts';
import { completionScript, shells } from './shells.ts';

/** `completion` */
export const command: Command = {
  usage: '[-name NAME] bash|zsh|fish, or -install, or -uninstall',
  about:
    'Prints the script that has a shell complete commands, flags, and names that the agent knows. With -install it is put where the shells that you use read it at their start, and -uninstall takes it away again.',
  examples: ['completion bash > /etc/bash_completion.d/chancery', 'completion -install'],
  flags: [
    {
      name: 'name',
      kind: 'text',
      value: 'name',
      about: 'The name under which you call this program; chancery unless given.',
    },
    { name: 'install', kind: 'switch', about: 'Install it for every shell that you use.' },
    { name: 'uninstall', kind: 'switch', about: 'Take away what was installed.' },
  ],
  operands: [shells],
  async run({ flags, args, io }) {
    const name = flags.text('name') ?? 'chancery';
    if (!/^[\w.-]+$/.test(name))
      return fail(io, `invalid value "${name}" for flag -name: it must be the name of a command`);
    if (flags.on('install') || flags.on('uninstall')) {
      if (args.length > 0)
        return fail(io, 'A shell is named to print its script, not to install it');
      const { installCompletion, uninstallCompletion } = await import('./install.ts');
      return await (flags.on('install') ? installCompletion : uninstallCompletion)(name, io);
    }
    const [given, ...more] = args;
    const shell = shells.find((each) => each === given);
    if (shell === undefined || more.length > 0) {
      return fail(
        io,
        `Name one shell: ${shells.join(', ')}; or -install it for every shell that you use`,
      );
    }
    io.out(completionScript(shell, name));
    return 0;
  },
};
