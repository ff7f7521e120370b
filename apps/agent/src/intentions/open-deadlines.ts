import type { AgentConfig } from '@chancery/model';
import type { Store } from '@chancery/store';
import type { Effects } from '../effects.ts';
import { DeadlineKeeper } from './deadline-keeper.ts';

const part = 'intentions';

/** Undoes intentions with a time to live when it is over, for as long as the agent runs. */
export function openDeadlines(
  store: Store,
  { datacenter }: Pick<AgentConfig, 'datacenter'>,
  { now, log }: Effects,
): Disposable {
  return new DeadlineKeeper({
    store,
    datacenter,
    now,
    onEnd: (why, outcome) => {
      if (outcome !== 'not-due') log.info({ part, outcome }, why);
    },
    onFailure: (err) =>
      log.error({ part, err }, 'intentions cannot be undone when their time is over'),
    onRefusal: (why, { message }) => {
      log.error({ part, reason: message }, `${why}, and it could not be undone; it is tried again`);
    },
  });
}
