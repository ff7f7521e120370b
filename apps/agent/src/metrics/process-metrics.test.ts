import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { AgentMetrics } from './agent-metrics.ts';
import { measureProcess } from './process-metrics.ts';

interface Gauge {
  readonly Name: string;
  readonly Value: number;
  readonly Labels: Readonly<Record<string, string>>;
}

test('how late the event loop was is told of the interval before, and the memory of now', async () => {
  // A clock that stands still: the end of an interval of ten seconds never falls into the test.
  const options = { now: () => 0, prometheus: true, prefix: 'consul', shows: () => true };
  using metrics = new AgentMetrics(options);
  using _ = measureProcess(metrics);
  const worst = () => {
    const { Gauges } = metrics.json() as { readonly Gauges: readonly Gauge[] };
    const delays = Gauges.filter(({ Name }) => Name === 'chancery.runtime.event_loop_delay_ms');
    return delays.find(({ Labels }) => Labels['quantile'] === '1')?.Value;
  };
  await sleep(60);
  const busyUntil = performance.now() + 150;
  while (performance.now() < busyUntil);
  await sleep(60);
  metrics.closeInterval();
  expect(worst()).toBeGreaterThan(100);
  expect(await metrics.prometheus()).toMatch(/\nconsul_runtime_sys_bytes [1-9]\d+\n/);
});
