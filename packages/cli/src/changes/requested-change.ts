import { readEntries } from '@chancery/config-files';
import { encodeConfigEntry } from '@chancery/model';
import { fail } from '../attempt.ts';
import type { Call } from '../command.ts';
import type { Flag } from '../flags.ts';

/** The flags that say what a change consists of. */
export const changeFlags: readonly Flag[] = [
  {
    name: 'f',
    kind: 'list',
    value: 'path',
    completes: 'file',
    about:
      'A file with config entries, a folder of .hcl and .json files, or - for standard input; may be given several times.',
  },
  {
    name: 'delete',
    kind: 'list',
    value: 'kind/name',
    about: 'A config entry to delete, such as service-defaults/web; may be given several times.',
  },
  {
    name: 'prune',
    kind: 'switch',
    about: 'Delete every config entry that is in none of the files.',
  },
];

/** A change as the agent takes it. */
export interface RequestedChange {
  readonly entries: { readonly entry: Record<string, never>; readonly origin: string }[];
  readonly deletions: { readonly kind: string; readonly name: string }[];
  readonly prune: boolean;
}

/** Reads what a command line says is to be changed; tells every mistake and gives the exit code where it cannot be. */
export async function requestedChange(call: Call): Promise<RequestedChange | number> {
  const { flags, io, args } = call;
  const paths = flags.list('f');
  if (args.length > 0) return fail(io, `Files are given by -f: -f ${args[0]}`);
  if (paths.length === 0 && flags.list('delete').length === 0) {
    return fail(io, 'Must say what is to change: -f FILE, -f FOLDER, -f - or -delete KIND/NAME');
  }
  const input = paths.includes('-') ? await io.input?.() : undefined;
  const read = readEntries(paths, input);
  if (!read.ok) return fail(io, read.lines.join('\n'));
  for (const note of read.notes) io.err(`Warning: ${note}`);
  const deletions = flags.list('delete').map(entryKey);
  const odd = deletions.find((each) => typeof each === 'string');
  if (odd !== undefined) return fail(io, odd);
  return {
    entries: read.entries.map(({ entry, origin }) => ({
      entry: encodeConfigEntry(entry) as Record<string, never>,
      origin,
    })),
    deletions: deletions.filter((each) => typeof each !== 'string'),
    prune: flags.on('prune'),
  };
}

function entryKey(text: string): RequestedChange['deletions'][number] | string {
  const [, kind = '', name = ''] = /^([^/]+)\/(.+)$/.exec(text) ?? [];
  if (name !== '') return { kind, name };
  return `invalid value "${text}" for flag -delete: it must be KIND/NAME, such as service-defaults/web`;
}
