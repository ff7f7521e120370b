import { routes } from '@chancery/http-api';
import { expect, test } from 'vitest';
import { AgentMetrics } from './agent-metrics.ts';
import { measureRequests } from './http-metrics.ts';

function counted() {
  const metrics = new AgentMetrics({
    now: Date.now,
    prometheus: true,
    prefix: 'consul',
    shows: () => true,
  });
  const series = async () => {
    const text = (await metrics.prometheus()) ?? '';
    return text.split('\n').filter((line) => line.startsWith('chancery_http_answers_total{'));
  };
  return { metrics, measure: measureRequests(metrics), series };
}

test('a request counts under its method, the fixed part of its route and the class of its status', async () => {
  const { metrics, measure, series } = counted();
  using _ = metrics;
  const route = '/v1/agent/service/*';
  const path = '/v1/agent/service/web';
  for (const status of [200, 200, 404]) measure({ method: 'GET', route, path, status, ms: 1 });
  measure({ method: 'GET', route, path, status: undefined, ms: 1 });
  const labels = 'method="GET",path="v1_agent_service_"';
  expect((await series()).sort()).toEqual([
    `chancery_http_answers_total{${labels},status="2xx"} 2`,
    `chancery_http_answers_total{${labels},status="4xx"} 1`,
    `chancery_http_answers_total{${labels},status="gone"} 1`,
  ]);
  const { Samples } = metrics.json() as { readonly Samples: readonly object[] };
  expect(Samples).toEqual([
    expect.objectContaining({
      Name: 'consul.api.http',
      Count: 4,
      Labels: { method: 'GET', path: 'v1_agent_service_' },
    }),
  ]);
});

test('clients cannot make labels: neither by paths nor by methods', async () => {
  const { metrics, measure, series } = counted();
  using _ = metrics;
  for (let at = 0; at < 10_000; at++) {
    const path = `/v1/agent/service/${at}"}\n# hostile`;
    measure({ method: 'GET', route: '/v1/agent/service/*', path, status: 200, ms: 1 });
    measure({ method: `M${at}`, route: undefined, path, status: 404, ms: 1 });
  }
  expect(await series()).toHaveLength(2);
});

test('the whole table of routes stays within a bound', async () => {
  const { metrics, measure, series } = counted();
  using _ = metrics;
  for (const { method, path: route } of routes) {
    for (const status of [200, 301, 400, 500, undefined]) {
      measure({ method, route, path: '', status, ms: 1 });
    }
  }
  expect((await series()).length).toBeLessThanOrEqual(5 * routes.length);
});
