import { expect, test } from 'vitest';
import { AgentMetrics } from './agent-metrics.ts';
import { measuredProbe } from './measured-probe.ts';

test('runs of checks are measured by kind and by what they found', async () => {
  const options = { now: Date.now, prometheus: true, prefix: 'consul', shows: () => true };
  using metrics = new AgentMetrics(options);
  const found = ['passing', 'critical', 'passing'];
  const probe = measuredProbe(async (_check: { readonly kind: string }, output: string) => {
    return { status: found.shift() ?? '', output };
  }, metrics);
  for (const output of ['a', 'b', 'c'])
    expect((await probe({ kind: 'tcp' }, output)).output).toBe(output);
  const { Samples } = metrics.json() as { readonly Samples: readonly object[] };
  expect(Samples).toMatchObject([
    { Name: 'chancery.checks.runs', Count: 1, Labels: { kind: 'tcp', status: 'critical' } },
    { Name: 'chancery.checks.runs', Count: 2, Labels: { kind: 'tcp', status: 'passing' } },
  ]);
});
