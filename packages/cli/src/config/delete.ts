import { entryName } from '@chancery/client';
import { askAgent } from '../ask-agent.ts';
import { fail } from '../attempt.ts';
import { reasonFlag, waitFlags, waitingOf } from '../change-flags.ts';
import type { Call, Command } from '../command.ts';
import { enforced } from '../enforced.ts';
import type { Flags } from '../flags.ts';
import { httpFlags } from '../http-flags.ts';
import { casFlags, kindFlag, nameFlag } from './entry-flags.ts';

/** `config delete` */
export const command: Command = {
  usage: '-kind KIND -name NAME, or -filename FILE; [-cas -modify-index N] [-wait] [-reason WORDS]',
  about: 'Deletes the config entry with a kind and a name, or the one that a file describes.',
  examples: ['config delete -kind service-defaults -name web', 'config delete -filename web.hcl'],
  flags: [
    kindFlag,
    nameFlag,
    {
      name: 'filename',
      kind: 'text',
      value: 'path',
      about: 'A file with the entry, in place of its kind and name.',
      completes: 'file',
    },
    ...casFlags,
    reasonFlag,
    ...waitFlags,
    ...httpFlags,
  ],
  arguments: 'none',
  async run(call) {
    const { flags, io } = call;
    const waiting = await waitingOf(flags);
    if (!waiting.ok) return fail(io, waiting.message);
    const problem = mistake(flags);
    if (problem !== undefined) return fail(io, problem);
    const meant = await meantEntry(call);
    if (!meant.ok) return fail(io, meant.message);
    const { kind, name } = meant;
    const options = flags.on('cas') ? { cas: flags.number('modify-index') ?? 0 } : {};
    return await askAgent(
      call,
      `Error deleting config entry ${kind}/${name}`,
      async (client, writes) => {
        if (!(await client.config.delete(kind, name, options))) {
          return fail(io, `Config entry not deleted: ${kind}/${name}`);
        }
        io.out(`Config entry deleted: ${kind}/${name}`);
        return await enforced(call, waiting, writes);
      },
    );
  },
};

function mistake(flags: Flags): string | undefined {
  return mistakenTarget(flags) ?? mistakenIndex(flags);
}

function mistakenTarget(flags: Flags): string | undefined {
  const [kind, name] = [flags.text('kind'), flags.text('name')];
  if (flags.text('filename')) {
    return kind || name ? "filename can't be used with kind or name" : undefined;
  }
  if (!kind && !name) return 'Must specify the -kind or -filename parameter';
  if (!kind) return 'Must specify the -kind parameter';
  return name ? undefined : 'Must specify the -name parameter';
}

function mistakenIndex(flags: Flags): string | undefined {
  const index = flags.number('modify-index') ?? 0;
  if (flags.on('cas') === index > 0) return undefined;
  return index > 0
    ? 'Cannot specify -modify-index without -cas'
    : 'Must specify a -modify-index greater than 0 with -cas';
}

type MeantEntry =
  | { readonly ok: true; readonly kind: string; readonly name: string }
  | { readonly ok: false; readonly message: string };

async function meantEntry({ flags, io }: Call): Promise<MeantEntry> {
  const path = flags.text('filename');
  if (!path) return { ok: true, kind: flags.text('kind') ?? '', name: flags.text('name') ?? '' };
  const { entryFromFile } = await import('./entry-file.ts');
  const read = await entryFromFile(path, io);
  return read.ok ? { ok: true, kind: read.entry.Kind, name: entryName(read.entry) } : read;
}
