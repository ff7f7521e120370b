import type { DiffResponse } from '@chancery/mesh-api/v1/changes';
import { askMesh } from '../ask-mesh.ts';
import { fail } from '../attempt.ts';
import type { Command } from '../command.ts';
import { httpFlags } from '../http-flags.ts';
import { formatFlag, printJson, wantsJson } from '../output/format.ts';
import { changesLines, type DiffLine, isRegistered, signed } from './diff-lines.ts';
import { allFlag, extentOf, printLines } from './print-lines.ts';
import { noRevision, revisionOf } from './revision-argument.ts';
import type { Extent } from './value-lines.ts';

/** `diff` */
export const command: Command = {
  usage: 'REVISION [REVISION] [-all] [-format json]',
  about:
    'Shows what differs of all that is declared between two revisions, or between one and the present. What was changed and changed back does not differ.',
  examples: ['diff 41', 'diff 41 57 -format json'],
  flags: [allFlag, formatFlag, ...httpFlags],
  async run(call) {
    const { args, io } = call;
    if (args.length < 1 || args.length > 2) {
      return fail(io, 'Must name one revision or two: chancery history lists them');
    }
    const odd = args.find((text) => revisionOf(text) === undefined);
    if (odd !== undefined) return fail(io, noRevision(odd));
    const [from = 0n, to = 0n] = args.map((text) => revisionOf(text) ?? 0n);
    return await askMesh(call, 'Error comparing revisions', async ({ changes }) => {
      const diff = await changes.diff({ from, to });
      if (wantsJson(call)) printJson(io, (await import('./change-json.ts')).diffJson(diff));
      else printLines(io, differenceLines(diff, extentOf(call)));
      return 0;
    });
  },
};

/** A difference for people: entries before registrations, which are many and seldom what is looked for. */
function differenceLines(diff: DiffResponse, extent: Extent): readonly DiffLine[] {
  const { from, to, changes } = diff;
  if (changes.length === 0) {
    return [{ text: `Nothing differs between revision ${from} and ${to}.`, depth: 0 }];
  }
  const counts = `${signed(changes, '+')} created, ${signed(changes, '~')} changed, ${signed(changes, '-')} deleted`;
  const sorted = changes.toSorted((a, b) => Number(isRegistered(a)) - Number(isRegistered(b)));
  return [
    { text: `From revision ${from} to ${to}: ${counts}.`, depth: 0 },
    { text: '', depth: 0 },
    ...changesLines(sorted, extent),
  ];
}
