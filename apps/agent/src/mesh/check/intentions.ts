import { allIntentions } from '@chancery/config-entries';
import type { DefaultPolicy } from '@chancery/model';
import type { Store } from '@chancery/store';
import { verifySteps } from '@chancery/verify';
import { counted } from '../counted.ts';
import { inSlices } from '../in-slices.ts';
import { bounded, type Found, ok, warning } from './finding.ts';

/** What holds for whoever no intention speaks of. It is known at once, however many intentions there are. */
export function defaultPolicyFinding(defaultAction: DefaultPolicy): Found {
  return ok('default policy', `${defaultAction}, for whoever no intention speaks of`);
}

/** Intentions that name services that do not exist, and how many have no effect. */
export async function intentionFindings(
  store: Pick<Store, 'view'>,
  defaultAction: DefaultPolicy,
  signal: AbortSignal,
): Promise<readonly Found[]> {
  const looked = inSlices(
    function* () {
      const { view } = store;
      const count = view.query(allIntentions, '').length;
      return { count, idle: (yield* verifySteps(view, [], { defaultAction })).findings };
    },
    { signal },
  );
  const { count, idle } = await looked;
  const dead = idle
    .filter(({ kind }) => kind === 'dead')
    .map(({ intention, why }) =>
      warning('intentions', `${intention}: ${why}`, 'mend its names, or chancery intention delete'),
    );
  const others = idle.length - dead.length;
  const more =
    others === 0
      ? ''
      : `; ${others} without effect, because others decide the same or come before: chancery verify tells which`;
  const total = count === 0 ? 'there is none' : `${counted(count, 'intention')}${more}`;
  return dead.length === 0 ? [ok('intentions', total)] : bounded(dead, 'chancery verify');
}
