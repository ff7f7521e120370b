import type { AnsweredRequest } from '@chancery/http-api';
import type { AgentMetrics } from './agent-metrics.ts';

const methods = new Set(['GET', 'PUT', 'POST', 'DELETE', 'OPTIONS', 'HEAD', 'PATCH']);

/**
 * Measures requests. What is shown of one is its method, the path of its route up to the first part
 * that a client chooses, and the class of its status: clients cannot make new labels.
 */
export function measureRequests(metrics: AgentMetrics): (request: AnsweredRequest) => void {
  const durations = metrics.sample({
    name: 'consul.api.http',
    help: 'How long requests took in milliseconds, waiting of blocking queries included.',
    labels: ['method', 'path'],
  });
  const answers = metrics.counter({
    name: 'chancery.http.answers',
    help: 'Requests that are over, by the class of their status; "gone": the client left first.',
    labels: ['method', 'path', 'status'],
  });
  const known = new Map<string, (ms: number) => void>();
  return ({ method: asked, route, status, ms }) => {
    const method = methods.has(asked) ? asked : 'other';
    const outcome = status === undefined ? 'gone' : `${Math.floor(status / 100)}xx`;
    const key = `${method} ${route} ${outcome}`;
    const record = known.get(key) ?? recorder({ method, path: pathLabel(route) }, outcome);
    known.set(key, record);
    record(ms);
  };

  function recorder(labels: { method: string; path: string }, status: string) {
    const measure = durations(labels);
    const count = answers({ ...labels, status });
    return (ms: number): void => {
      measure(ms);
      count(1);
    };
  }
}

/** As Consul writes it: `/v1/agent/service/*` is `v1_agent_service_`. */
function pathLabel(route: string | undefined): string {
  if (route === undefined) return 'unmatched';
  return route
    .replace(/[:*].*$/, '')
    .slice(1)
    .replaceAll('/', '_');
}
