import type { HttpApiDependencies } from '@chancery/http-api';
import type { Log } from '../log/log.ts';
import type { AgentMetrics } from '../metrics/agent-metrics.ts';
import { measureRequests } from '../metrics/http-metrics.ts';

/** Measures requests, and writes a line about each where somebody reads that much. Queries hold tokens: none is written. */
export function whenAnswered(metrics: AgentMetrics, log: Log): HttpApiDependencies['onAnswer'] {
  const measure = measureRequests(metrics);
  return (request) => {
    measure(request);
    if (!log.isLevelEnabled('debug')) return;
    const { method, path, status, ms } = request;
    log.debug({ part: 'http', method, path, status, ms: Math.round(ms) }, 'request is over');
  };
}
