import type { HttpApiDependencies } from '../dependencies.ts';
import { json, type Reply } from '../reply.ts';
import type { ApiRequest, Route } from '../route.ts';

/** What the agent measures. */
export const metricsRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/v1/agent/metrics',
    right: 'agent:read',
    blocking: 'none',
    answer: ({ metrics }, { query }) =>
      query.get('format') === 'prometheus' ? prometheus(metrics) : json(metrics.json()),
  },
  {
    method: 'GET',
    path: '/v1/agent/metrics/stream',
    right: 'agent:read',
    blocking: 'none',
    answer: ({ metrics }: HttpApiDependencies, _request: ApiRequest): Reply => ({
      kind: 'stream',
      pieces: (gone) => documents(metrics.stream(gone)),
    }),
  },
];

const turnedOff: Reply = {
  kind: 'text',
  text: '',
  headers: {
    'X-Consul-Reason': 'Prometheus is not enabled since its retention time is not positive',
  },
};

async function prometheus({ prometheus: text }: HttpApiDependencies['metrics']): Promise<Reply> {
  const found = text();
  if (found === undefined) return turnedOff;
  const headers = { 'Content-Type': 'text/plain; version=0.0.4; charset=utf-8' };
  return { kind: 'text', text: await found, headers };
}

async function* documents(intervals: AsyncIterable<object>): AsyncGenerator<string> {
  for await (const interval of intervals) yield `${JSON.stringify(interval)}\n`;
}
