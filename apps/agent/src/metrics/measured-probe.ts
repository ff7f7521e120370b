import type { AgentMetrics } from './agent-metrics.ts';

/** The same way to carry out checks, with each run measured by the kind of the check and by what it found. */
export function measuredProbe<
  Check extends { readonly kind: string },
  Rest extends readonly unknown[],
  Result extends { readonly status: string },
>(
  probe: (check: Check, ...rest: Rest) => Promise<Result>,
  metrics: AgentMetrics,
): (check: Check, ...rest: Rest) => Promise<Result> {
  const durations = metrics.sample({
    name: 'chancery.checks.runs',
    help: 'How long runs of health checks took in milliseconds, by kind and by what they found.',
    labels: ['kind', 'status'],
  });
  const known = new Map<string, (ms: number) => void>();
  return async (check, ...rest) => {
    const began = performance.now();
    const result = await probe(check, ...rest);
    const labels = { kind: check.kind, status: result.status };
    const key = `${labels.kind} ${labels.status}`;
    const measure = known.get(key) ?? durations(labels);
    known.set(key, measure);
    measure(performance.now() - began);
    return result;
  };
}
