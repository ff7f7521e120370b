import type { Journal } from '@chancery/store';
import type { AgentMetrics } from './agent-metrics.ts';

/** The journal, with the time measured that its commits take to become durable. */
export function timedJournal(journal: Journal, metrics: AgentMetrics): Journal {
  const durations = metrics.sample({
    name: 'consul.raft.commitTime',
    help: 'How long commits took to become durable, in milliseconds; those that go together count once.',
    labels: [],
  })({});
  return {
    load: () => journal.load(),
    append: async (batch) => {
      const began = performance.now();
      await journal.append(batch);
      durations(performance.now() - began);
    },
    history: (after) => journal.history(after),
    historyFloor: () => journal.historyFloor(),
    [Symbol.asyncDispose]: () => journal[Symbol.asyncDispose](),
  };
}
