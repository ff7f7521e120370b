import { memoryJournal } from '@chancery/store';
import { expect, test } from 'vitest';
import { AgentMetrics } from './agent-metrics.ts';
import { timedJournal } from './timed-journal.ts';

test('each batch that became durable is measured, and one that did not is not', async () => {
  const options = { now: Date.now, prometheus: true, prefix: 'consul', shows: () => true };
  using metrics = new AgentMetrics(options);
  await using journal = timedJournal(memoryJournal(), metrics);
  await journal.load();
  await journal.append([{ revision: 2, writes: [] }]);
  await expect(journal.append([{ revision: 9, writes: [] }])).rejects.toThrow();
  const { Samples } = metrics.json() as { readonly Samples: readonly object[] };
  expect(Samples).toEqual([expect.objectContaining({ Name: 'consul.raft.commitTime', Count: 1 })]);
});
