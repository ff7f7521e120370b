import { checks, setCheckStatus } from '@chancery/catalog';
import { defineQuery, type Store } from '@chancery/store';
import { CheckRunner, type RunnableCheck } from './check-runner.ts';
import { probe } from './probe.ts';

const by = { principal: { name: 'agent' }, why: 'health check' };

/** The checks of a node that only change when one is declared otherwise, not with every verdict. */
const declaredChecks = defineQuery<string, readonly RunnableCheck[]>({
  name: 'agent.declaredChecks',
  evaluate: (view, node) => view.by(checks, 'node', node),
  equal: (a, b) => a.length === b.length && a.every((check, at) => check === b[at]),
});

/** Checks being run. */
export interface NodeChecks extends Disposable {
  readonly runner: CheckRunner;
}

/** Runs the checks that are declared for this agent's node and records what they find. */
export function runNodeChecks(store: Store, node: string, random: () => number): NodeChecks {
  const runner = new CheckRunner({
    probe,
    random,
    report: (checkId, { status, output }) => {
      void store.commit(setCheckStatus, { node, checkId, status, output }, by);
    },
  });
  const watch = store.watch(declaredChecks, node, ({ value }) => runner.replace(value));
  return {
    runner,
    [Symbol.dispose]: () => {
      watch[Symbol.dispose]();
      runner[Symbol.dispose]();
    },
  };
}
