import { readEntries } from '@chancery/config-files';
import { encodeConfigEntry } from '@chancery/model';
import type { Call } from '../command.ts';
import type { Flag } from '../flags.ts';

/** The flags that say of which change it is to be known before it is made. */
export const changeFlags: readonly Flag[] = [
  {
    name: 'with',
    kind: 'list',
    value: 'path',
    completes: 'file',
    about:
      'Looks at the mesh as it would be with the config entries of a file or a folder, as apply takes them; nothing is changed. May be given several times.',
  },
  {
    name: 'prune',
    kind: 'switch',
    about: 'With -with: as it would be after apply -prune, which deletes all other entries.',
  },
];

/** A change as the agent takes it, none where none is asked about, or every mistake in it. */
export type ChangeInQuestion =
  | { readonly ok: true; readonly change?: Change; readonly notes: readonly string[] }
  | { readonly ok: false; readonly lines: readonly string[] };

interface Change {
  readonly entries: { readonly entry: Record<string, never>; readonly origin: string }[];
  readonly prune: boolean;
}

/** Reads the change that a command line asks about. */
export function changeInQuestion({ flags }: Call): ChangeInQuestion {
  const paths = flags.list('with');
  const prune = flags.on('prune');
  if (paths.length === 0) {
    const line = '-prune says what -with is to leave out: it needs -with';
    return prune ? { ok: false, lines: [line] } : { ok: true, notes: [] };
  }
  const read = readEntries(paths, undefined);
  if (!read.ok) return read;
  const entries = read.entries.map(({ entry, origin }) => ({
    entry: encodeConfigEntry(entry) as Record<string, never>,
    origin,
  }));
  return { ok: true, change: { entries, prune }, notes: read.notes };
}
