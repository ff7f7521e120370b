import type { Call } from '../command.ts';
import type { Flag } from '../flags.ts';
import type { Io } from '../io.ts';
import type { Standing } from '../output/standing.ts';
import type { DiffLine, Sign } from './diff-lines.ts';
import type { Extent } from './value-lines.ts';

/** The flag of every command that shows changes. */
export const allFlag: Flag = {
  name: 'all',
  kind: 'switch',
  about: 'Show every field, proxy and resource, and every value in full.',
};

const standings: Readonly<Record<Sign, Standing>> = {
  '+': 'ok',
  '-': 'failed',
  '~': 'warning',
  '!': 'warning',
};

/** How many characters a line has where nobody says otherwise. */
const usualWidth = 80;
const shownAtMost = 10;

/** How much a command is to show. */
export function extentOf({ flags, io }: Call): Extent {
  if (flags.on(allFlag.name)) return {};
  return { width: Math.max(40, io.width ?? usualWidth), most: shownAtMost, lines: shownAtMost };
}

/** Prints lines of changes, their signs in colour where there is any. */
export function printLines(io: Io, lines: readonly DiffLine[]): void {
  for (const { sign, text, depth } of lines) {
    const indent = '  '.repeat(depth);
    if (sign === undefined) io.out(text === '' ? '' : `${indent}${text}`);
    else if (io.outSigned === undefined) io.out(`${indent}${sign} ${text}`);
    else io.outSigned(`${indent}${sign}`, standings[sign], text);
  }
}
