import { askMesh } from '../ask-mesh.ts';
import type { Command } from '../command.ts';
import { httpFlags } from '../http-flags.ts';
import { formatFlag, printJson, wantsJson } from '../output/format.ts';
import { allFlag } from './print-lines.ts';
import { changeFlags, requestedChange } from './requested-change.ts';

const changesToMake = 2;

/** `plan` */
export const command: Command = {
  usage:
    '-f FILE|FOLDER|- [-f ...] [-prune] [-delete KIND/NAME] [-detailed-exitcode] [-format json]',
  about:
    'Shows what a change of config entries would do, and changes nothing: the entries before and after, the pairs of services that flip between allowed and denied, and each resource that proxies would be sent, field by field.',
  examples: [
    'plan -f deny-web.hcl',
    'plan -f mesh.d -prune -detailed-exitcode',
    'plan -f - < change.json',
    'plan -delete service-defaults/web -format json',
  ],
  flags: [
    ...changeFlags,
    {
      name: 'detailed-exitcode',
      kind: 'switch',
      about: 'Exit with 2 where there is something to change, with 0 where there is nothing.',
    },
    allFlag,
    formatFlag,
    ...httpFlags,
  ],
  async run(call) {
    const change = await requestedChange(call);
    if (typeof change === 'number') return change;
    return await askMesh(call, 'Error planning the change', async ({ changes }) => {
      const plan = await changes.plan({ change });
      const { printPlan } = await import('./print-plan.ts');
      if (wantsJson(call)) printJson(call.io, (await import('./change-json.ts')).planJson(plan));
      else printPlan(call, plan);
      const isDetailed = call.flags.on('detailed-exitcode');
      return isDetailed && plan.changes.length > 0 ? changesToMake : 0;
    });
  },
};
