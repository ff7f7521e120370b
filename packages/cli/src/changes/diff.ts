import { askMesh } from '../ask-mesh.ts';
import { fail } from '../attempt.ts';
import type { Command } from '../command.ts';
import { httpFlags } from '../http-flags.ts';
import { formatFlag, printJson, wantsJson } from '../output/format.ts';
import { declaredLines } from './diff-lines.ts';
import { allFlag, extentOf, printLines } from './print-lines.ts';
import { noRevision, revisionOf } from './revision-argument.ts';

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
      if (wantsJson(call)) {
        printJson(io, (await import('./change-json.ts')).diffJson(diff));
      } else if (diff.changes.length === 0) {
        io.out(`Nothing differs between revision ${diff.from} and ${diff.to}.`);
      } else {
        const extent = extentOf(call);
        printLines(
          io,
          diff.changes.flatMap((change) => declaredLines(change, extent, 0)),
        );
      }
      return 0;
    });
  },
};
