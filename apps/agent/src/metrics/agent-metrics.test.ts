import { expect, test } from 'vitest';
import { AgentMetrics, type MetricsOptions } from './agent-metrics.ts';

const start = Date.UTC(2026, 10, 24, 8, 36, 52);

interface Clock {
  ms: number;
}

function metricsAt(clock: Clock, options: Partial<MetricsOptions> = {}): AgentMetrics {
  const standard = { prometheus: true, prefix: 'consul', shows: () => true };
  return new AgentMetrics({ now: () => clock.ms, ...standard, ...options });
}

function shown(metrics: AgentMetrics) {
  return metrics.json() as {
    readonly Timestamp: string;
    readonly Gauges: readonly { readonly Name: string; readonly Value: number }[];
    readonly Counters: readonly object[];
    readonly Samples: readonly object[];
  };
}

const requests = { name: 'consul.api.http', help: 'Requests.', labels: ['method'] };

test('what happens is summed up in intervals of ten seconds, and the last that is over is shown', () => {
  const clock = { ms: start };
  using metrics = metricsAt(clock);
  const measure = metrics.sample(requests)({ method: 'GET' });
  for (const ms of [1, 3]) measure(ms);
  const sample = {
    Name: 'consul.api.http',
    Count: 2,
    Rate: 0.4,
    Sum: 4,
    Min: 1,
    Max: 3,
    Mean: 2,
    Stddev: Math.SQRT2,
    Labels: { method: 'GET' },
  };
  expect(shown(metrics)).toMatchObject({
    Timestamp: '2026-11-24 08:36:50 +0000 UTC',
    Samples: [sample],
  });
  clock.ms += 8000;
  metrics.closeInterval();
  measure(100);
  expect(shown(metrics).Samples).toEqual([sample]);
  metrics.closeInterval();
  expect(shown(metrics)).toMatchObject({
    Timestamp: '2026-11-24 08:37:00 +0000 UTC',
    Samples: [{ Count: 1, Sum: 100 }],
  });
  metrics.closeInterval();
  expect(shown(metrics).Samples).toEqual([]);
});

test('a counter that is read off is shown in total to Prometheus, and by what it grew in JSON', async () => {
  const clock = { ms: start };
  using metrics = metricsAt(clock);
  let acks = 0;
  metrics.watch([{ kind: 'counter', name: 'chancery.xds.acks', help: 'Acks.', read: () => acks }]);
  acks = 5;
  metrics.closeInterval();
  expect(shown(metrics).Counters).toEqual([expect.objectContaining({ Count: 5, Sum: 5, Mean: 1 })]);
  acks = 7;
  metrics.closeInterval();
  expect(shown(metrics).Counters).toEqual([expect.objectContaining({ Count: 2, Sum: 2, Mean: 1 })]);
  expect(await metrics.prometheus()).toContain('\nchancery_xds_acks_total 7\n');
});

test('a gauge is read off when somebody looks; one that has nothing to say is absent', async () => {
  const clock = { ms: start };
  using metrics = metricsAt(clock, { hostName: 'box' });
  let value: number | undefined;
  const read = () => (value === undefined ? [] : [{ labels: {}, value }]);
  metrics.watch([
    { kind: 'gauge', name: 'consul.leaf-certs.entries_count', help: 'Leafs.', read },
    { kind: 'gauge', name: 'chancery.xds.proxies', help: 'Proxies.', read: () => 3 },
  ]);
  expect(shown(metrics).Gauges).toEqual([{ Name: 'chancery.xds.proxies', Value: 3, Labels: {} }]);
  expect(await metrics.prometheus()).not.toContain('\nconsul_leaf_certs_entries_count ');
  value = 2;
  const [, leafs] = shown(metrics).Gauges;
  expect(leafs).toEqual({ Name: 'consul.box.leaf-certs.entries_count', Value: 2, Labels: {} });
  expect(await metrics.prometheus()).toContain('\nconsul_leaf_certs_entries_count 2\n');
});

test('a gauge with labels that has nothing to say any more is absent, and the others are not', async () => {
  using metrics = metricsAt({ ms: start });
  let refused = ['db'];
  const read = () => refused.map((proxy) => ({ labels: { proxy }, value: 1 }));
  metrics.watch([
    { kind: 'gauge', name: 'chancery.xds.refused', help: 'Refused.', labels: ['proxy'], read },
    { kind: 'gauge', name: 'chancery.xds.proxies', help: 'Proxies.', read: () => 3 },
  ]);
  expect(await metrics.prometheus()).toContain('\nchancery_xds_refused{proxy="db"} 1\n');
  refused = [];
  const text = await metrics.prometheus();
  expect(text).not.toContain('chancery_xds_refused{');
  expect(text).toContain('\nchancery_xds_proxies 3\n');
});

test('Prometheus is told quantiles, count and sum, and the figures of the process', async () => {
  using metrics = metricsAt({ ms: start });
  const measure = metrics.sample(requests)({ method: 'GET' });
  for (let ms = 1; ms <= 100; ms++) measure(ms);
  const text = await metrics.prometheus();
  expect(text).toContain('# TYPE consul_api_http summary');
  expect(text).toContain('consul_api_http{quantile="0.5",method="GET"} 50.5');
  expect(text).toContain('consul_api_http_count{method="GET"} 100');
  expect(text).toContain('consul_api_http_sum{method="GET"} 5050');
  expect(text).toContain('# TYPE process_resident_memory_bytes gauge');
});

test('what the configuration says of names counts for both formats', async () => {
  using metrics = metricsAt(
    { ms: start },
    { prefix: 'mesh', shows: (name) => name !== 'mesh.api.http' },
  );
  metrics.watch([
    { kind: 'gauge', name: 'consul.state.nodes', help: 'Nodes.', read: () => 1 },
    { kind: 'gauge', name: 'chancery.xds.proxies', help: 'Proxies.', read: () => 1 },
  ]);
  metrics.sample(requests)({ method: 'GET' })(5);
  const { Gauges, Samples } = shown(metrics);
  expect(Gauges.map(({ Name }) => Name)).toEqual(['chancery.xds.proxies', 'mesh.state.nodes']);
  expect(Samples).toEqual([]);
  const text = await metrics.prometheus();
  expect(text).toContain('\nmesh_state_nodes 1\n');
  expect(text).not.toContain('api_http');
});

test('with the format turned off there is no text', () => {
  using metrics = metricsAt({ ms: start }, { prometheus: false });
  expect(metrics.prometheus()).toBeUndefined();
});

test('who follows the metrics is told of each interval when it is over, until it leaves', async () => {
  using metrics = metricsAt({ ms: start });
  const measure = metrics.sample(requests)({ method: 'GET' });
  const gone = new AbortController();
  const intervals = metrics.stream(gone.signal)[Symbol.asyncIterator]();
  const first = intervals.next();
  measure(7);
  metrics.closeInterval();
  expect((await first).value).toMatchObject({ Samples: [{ Count: 1, Sum: 7 }] });
  const second = intervals.next();
  gone.abort();
  expect(await second).toEqual({ done: true, value: undefined });
});
