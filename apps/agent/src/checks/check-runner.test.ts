import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { CheckRunner, type RunnableCheck } from './check-runner.ts';
import type { ProbeResult } from './probe.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const tcp: RunnableCheck = {
  checkId: 'service:db:1',
  probe: { kind: 'tcp', address: '127.0.0.1:1', intervalMs: 10_000, timeoutMs: 1000 },
};
const ttl: RunnableCheck = { checkId: 'beat', probe: { kind: 'ttl', ttlMs: 5000 } };
const passing: ProbeResult = { status: 'passing', output: 'ok' };
const critical: ProbeResult = { status: 'critical', output: 'refused' };

function runnerWith(results: () => ProbeResult) {
  const reports: string[] = [];
  const runner = new CheckRunner({
    probe: async () => results(),
    report: (checkId, { status }) => reports.push(`${checkId} ${status}`),
    random: () => 0.5,
    now: Date.now,
  });
  return { runner, reports };
}

test('a check runs at a random point of its first interval, then on its interval', async () => {
  const { runner, reports } = runnerWith(() => passing);
  runner.put(tcp);
  await vi.advanceTimersByTimeAsync(4_999);
  expect(reports).toHaveLength(0);
  await vi.advanceTimersByTimeAsync(1);
  expect(reports).toEqual(['service:db:1 passing']);
  await vi.advanceTimersByTimeAsync(20_000);
  expect(reports).toHaveLength(3);
});

test('a series probes at once and every 100 ms until the first success', async () => {
  let attempts = 0;
  const { runner, reports } = runnerWith(() => {
    attempts += 1;
    return attempts < 4 ? critical : passing;
  });
  runner.put(tcp);
  runner.probeInSeries('service:db:1', 'first-success');
  await vi.advanceTimersByTimeAsync(350);
  expect(reports.map((report) => report.split(' ')[1])).toEqual([
    'critical',
    'critical',
    'critical',
    'passing',
  ]);
  await vi.advanceTimersByTimeAsync(1000);
  expect(attempts).toBe(4);
});

test('a series without success gives up after 30 s', async () => {
  let attempts = 0;
  const { runner } = runnerWith(() => {
    attempts += 1;
    return critical;
  });
  runner.put({ ...tcp, probe: { ...tcp.probe, intervalMs: 1e9 } as typeof tcp.probe });
  runner.probeInSeries('service:db:1', 'first-success');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(attempts).toBe(301);
});

test('a settling series goes on past successes until it meets a failure', async () => {
  let attempts = 0;
  const { runner, reports } = runnerWith(() => {
    attempts += 1;
    return attempts < 3 ? passing : critical;
  });
  runner.put(tcp);
  runner.probeInSeries('service:db:1', 'settled');
  await vi.advanceTimersByTimeAsync(1000);
  expect(reports).toHaveLength(3);
  expect(reports.at(-1)).toBe('service:db:1 critical');
});

test('a series that is asked for before its check is declared begins with it', async () => {
  const { runner, reports } = runnerWith(() => passing);
  runner.probeInSeries('service:db:1', 'first-success');
  await vi.advanceTimersByTimeAsync(1000);
  runner.put(tcp);
  await vi.advanceTimersByTimeAsync(0);
  expect(reports).toEqual(['service:db:1 passing']);
});

test('a series that nobody waits for any more does not begin', async () => {
  const { runner, reports } = runnerWith(() => passing);
  runner.probeInSeries('service:db:1', 'first-success');
  runner.probeInSeries('service:db:1', 'settled');
  runner.put(tcp);
  await vi.advanceTimersByTimeAsync(0);
  expect(reports).toEqual([]);
});

test('a TTL check turns critical when its heartbeat stays away', async () => {
  const { runner, reports } = runnerWith(() => passing);
  runner.put(ttl);
  await vi.advanceTimersByTimeAsync(4000);
  runner.heartbeat('beat');
  await vi.advanceTimersByTimeAsync(4000);
  expect(reports).toEqual([]);
  await vi.advanceTimersByTimeAsync(1001);
  expect(reports).toEqual(['beat critical']);
});

test('an unchanged check keeps its rhythm, a removed one stops', async () => {
  const { runner, reports } = runnerWith(() => passing);
  runner.put(tcp);
  await vi.advanceTimersByTimeAsync(4000);
  runner.put({ ...tcp });
  runner.put(ttl);
  await vi.advanceTimersByTimeAsync(1000);
  expect(reports).toEqual(['service:db:1 passing']);
  runner.drop(tcp.checkId);
  runner.drop(ttl.checkId);
  expect(vi.getTimerCount()).toBe(0);
});

test('what a removed check finds is not reported', async () => {
  const { runner, reports } = runnerWith(() => passing);
  runner.put(tcp);
  runner.probeInSeries('service:db:1', 'first-success');
  runner.drop(tcp.checkId);
  await vi.advanceTimersByTimeAsync(1000);
  expect(reports).toEqual([]);
});
