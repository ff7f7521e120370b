import { type Check, checkKey, checks, setCheckStatus } from '@chancery/catalog';
import type { FollowedRow, Store } from '@chancery/store';
import type { Effects } from '../effects.ts';
import { CheckRunner } from './check-runner.ts';
import { probe } from './probe.ts';

const by = { principal: { name: 'agent' }, why: 'health check' };

/** Checks being run. */
export interface NodeChecks extends Disposable {
  readonly runner: CheckRunner;
}

/** Runs the checks that are declared for this agent's node and records what they find. */
export function runNodeChecks(
  store: Store,
  node: string,
  { now, random }: Pick<Effects, 'now' | 'random'>,
): NodeChecks {
  const runner = new CheckRunner({
    probe,
    random,
    now,
    report: (checkId, { status, output }) => {
      void store.commit(setCheckStatus, { node, checkId, status, output }, by);
    },
  });
  const watch = store.follow(checks, (rows) => run(runner, node, rows));
  return {
    runner,
    [Symbol.dispose]: () => {
      watch[Symbol.dispose]();
      runner[Symbol.dispose]();
    },
  };
}

/** A row of another node is for the agent that is there. */
function run(runner: CheckRunner, node: string, rows: readonly FollowedRow<Check>[]): void {
  const ofNode = checkKey(node, '');
  for (const [key, check] of rows) {
    if (!key.startsWith(ofNode)) continue;
    if (check === undefined) runner.drop(key.slice(ofNode.length));
    else runner.put(check);
  }
}
