import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { CheckRunner, type RunnableCheck, scriptsDisabled } from './check-runner.ts';
import type { ProbeResult, ProbeRun } from './probe-result.ts';

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

test('what expired is told with what the last heartbeat said', async () => {
  const outputs: string[] = [];
  const report = (_id: string, { output }: ProbeResult) => outputs.push(output);
  using runner = new CheckRunner({ report, random: () => 0, now: Date.now });
  runner.put(ttl);
  await vi.advanceTimersByTimeAsync(5000);
  runner.heartbeat('beat', 'low on disk');
  await vi.advanceTimersByTimeAsync(5000);
  expect(outputs).toEqual([
    'TTL expired',
    'TTL expired (last output before timeout follows): low on disk',
  ]);
});

test('a verdict changes only after so many results in a row', async () => {
  const found = [passing, critical, passing, critical, critical, passing, passing];
  const { runner, reports } = runnerWith(() => found.shift() ?? passing);
  const thresholds = {
    successBeforePassing: 2,
    failuresBeforeWarning: 1,
    failuresBeforeCritical: 2,
  };
  runner.put({ ...tcp, thresholds });
  await vi.advanceTimersByTimeAsync(65_000);
  expect(reports.map((report) => report.split(' ')[1])).toEqual([
    'passing',
    'warning',
    'warning',
    'critical',
    'passing',
  ]);
});

test('no check is run more often than once a second', async () => {
  const { runner, reports } = runnerWith(() => passing);
  runner.put({ ...tcp, probe: { ...tcp.probe, intervalMs: 1 } as typeof tcp.probe });
  await vi.advanceTimersByTimeAsync(3499);
  expect(reports).toHaveLength(3);
});

test('a check keeps its place in the interval, though it was held up; one that takes long is left in peace', async () => {
  let takesMs = 300;
  const began: number[] = [];
  const probe = async () => {
    began.push(Date.now());
    await new Promise((resolve) => setTimeout(resolve, takesMs));
    return passing;
  };
  using runner = new CheckRunner({ probe, report: () => {}, random: () => 0.1, now: Date.now });
  const start = Date.now();
  runner.put(tcp);
  await vi.advanceTimersByTimeAsync(21_500);
  expect(began.map((at) => at - start)).toEqual([1000, 11_000, 21_000]);
  takesMs = 8000;
  await vi.advanceTimersByTimeAsync(30_000);
  expect(began.slice(3).map((at) => at - start)).toEqual([31_000, 49_000]);
});

const script: RunnableCheck = {
  checkId: 'script',
  probe: { kind: 'script', program: 'true', args: [], intervalMs: 1000 },
};

test('a script is not run unless scripts may be', async () => {
  const outputs: string[] = [];
  const runs: ProbeRun[] = [];
  const effects = {
    probe: async (_probe: unknown, run: ProbeRun) => {
      runs.push(run);
      return passing;
    },
    report: (_id: string, { output }: ProbeResult) => outputs.push(output),
    random: () => 0,
    now: Date.now,
  };
  {
    using runner = new CheckRunner(effects);
    runner.put(script);
    await vi.advanceTimersByTimeAsync(0);
  }
  expect(outputs).toEqual([scriptsDisabled]);
  expect(runs).toEqual([]);
  {
    using runner = new CheckRunner(effects, { scripts: true, outputMaxBytes: 100 });
    runner.put(script);
    await vi.advanceTimersByTimeAsync(0);
    expect(runs[0]).toMatchObject({ outputMaxBytes: 100, signal: { aborted: false } });
    runner.drop(script.checkId);
    expect(runs[0]).toMatchObject({ signal: { aborted: true } });
  }
});

test('a kind that is not run here takes no timer', () => {
  const { runner } = runnerWith(() => passing);
  runner.put({ checkId: 'a', probe: { kind: 'alias', serviceId: 'web' } });
  runner.put({ checkId: 'b', probe: { kind: 'maintenance' } });
  runner.put({ checkId: 'c', probe: { kind: 'reported' } });
  expect(vi.getTimerCount()).toBe(0);
});

test('an unchanged check keeps its rhythm, a removed one stops', async () => {
  const { runner, reports } = runnerWith(() => passing);
  runner.put(tcp);
  await vi.advanceTimersByTimeAsync(4000);
  runner.put(structuredClone(tcp));
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
