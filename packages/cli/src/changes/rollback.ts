import { askMesh } from '../ask-mesh.ts';
import { fail } from '../attempt.ts';
import type { Command } from '../command.ts';
import { makePlanned, makingFlags } from './make-planned.ts';
import { noRevision, revisionOf } from './revision-argument.ts';

/** `rollback` */
export const command: Command = {
  usage: 'REVISION [-yes] [-reason WORDS] [-wait]',
  about:
    'Makes all config entries, intentions among them, what they were at a revision, as a change of its own: shows what that would do, asks, and makes it. What is registered stays as it is.',
  examples: ['rollback 41', 'rollback 41 -yes -wait -reason "web cannot reach db"'],
  flags: makingFlags,
  async run(call) {
    const { args, io } = call;
    const [text, ...more] = args;
    if (text === undefined || more.length > 0) {
      return fail(io, 'Must name one revision to go back to: chancery history lists them');
    }
    const revision = revisionOf(text);
    if (revision === undefined) return fail(io, noRevision(text));
    return await askMesh(call, `Error going back to revision ${revision}`, ({ changes }) =>
      makePlanned(call, {
        plan: () => changes.planRollback({ revision }),
        nothing: `the config entries are what they were at revision ${revision}`,
        make: (expectedDigest, reason) => changes.rollback({ revision, expectedDigest, reason }),
      }),
    );
  },
};
