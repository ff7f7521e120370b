import { askMesh } from '../ask-mesh.ts';
import type { Command } from '../command.ts';
import { makePlanned, makingFlags } from './make-planned.ts';
import { changeFlags, requestedChange } from './requested-change.ts';

/** `apply` */
export const command: Command = {
  usage: '-f FILE|FOLDER|- [-f ...] [-prune] [-delete KIND/NAME] [-yes] [-reason WORDS] [-wait]',
  about:
    'Makes a change of config entries in one transaction, all of it or nothing: shows what it would do, asks, and makes exactly that. The entries are held to each other as they are in the end, so their order does not matter. What is so already is not written again.',
  examples: [
    'apply -f mesh.d -prune',
    'apply -f deny-web.hcl -yes -wait -reason "incident 7"',
    'apply -delete service-splitter/web -f web-is-tcp.hcl',
  ],
  flags: [...changeFlags, ...makingFlags],
  async run(call) {
    const change = await requestedChange(call);
    if (typeof change === 'number') return change;
    return await askMesh(call, 'Error making the change', ({ changes }) =>
      makePlanned(call, {
        plan: () => changes.plan({ change }),
        make: (expectedDigest, reason) => changes.apply({ change, expectedDigest, reason }),
      }),
    );
  },
};
