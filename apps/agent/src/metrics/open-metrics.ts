import { hostname } from 'node:os';
import type { AgentConfig } from '@chancery/model';
import type { Effects } from '../effects.ts';
import { version } from '../version.ts';
import { agentFigures } from './agent-figures.ts';
import { AgentMetrics } from './agent-metrics.ts';
import { measureProcess } from './process-metrics.ts';
import { shownNames } from './shown-names.ts';

/** Metrics that are being kept. Disposing of them ends the watch over the process. */
export interface OpenMetrics extends Disposable {
  readonly metrics: AgentMetrics;
}

/** Begins to measure: the process at once, the parts of the agent as they say what they have. */
export function openMetrics(
  { datacenter, telemetry }: Pick<AgentConfig, 'datacenter' | 'telemetry'>,
  { now }: Pick<Effects, 'now'>,
): OpenMetrics {
  const stack = new DisposableStack();
  const metrics = stack.use(
    new AgentMetrics({
      now,
      ...(!telemetry.disableHostname && { hostName: hostname() }),
      prometheus: telemetry.prometheusRetentionMs > 0,
      prefix: telemetry.metricsPrefix,
      shows: shownNames(telemetry),
    }),
  );
  stack.use(measureProcess(metrics));
  metrics.watch(agentFigures(datacenter, version));
  return { metrics, [Symbol.dispose]: () => stack.dispose() };
}
