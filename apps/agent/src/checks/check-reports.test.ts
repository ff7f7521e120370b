import {
  catalogTables,
  checkKey,
  checkState,
  registerCheck,
  registerNode,
} from '@chancery/catalog';
import type { ProbeResult } from '@chancery/health-checks';
import { memoryJournal, openStore, type Store } from '@chancery/store';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { CheckReports, type Verdict } from './check-reports.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const by = { principal: { name: 'agent' }, why: 'health check' };
const minute = 60_000;

interface Lab extends AsyncDisposable {
  readonly store: Store;
  readonly reports: CheckReports;
  readonly verdicts: Verdict[];
  found(status: ProbeResult['status'], output: string): Promise<void>;
  recorded(): unknown;
}

async function openLab(): Promise<Lab> {
  const journal = memoryJournal();
  const store = await openStore({ tables: catalogTables, journal, now: Date.now });
  const rest = { id: '', datacenter: 'dc1', taggedAddresses: {}, meta: {} };
  await store.commit(registerNode, { node: 'n1', address: '10.0.0.1', ...rest }, by);
  const check = {
    checkId: 'disk',
    name: 'disk',
    notes: '',
    initialStatus: 'critical',
    probe: { kind: 'ttl', ttlMs: 1000 },
  } as const;
  await store.commit(registerCheck, { node: 'n1', serviceId: '', check }, by);
  const verdicts: Verdict[] = [];
  const reports = new CheckReports({
    store,
    node: 'n1',
    random: () => 0.5,
    onVerdict: (verdict) => void verdicts.push(verdict),
    outputEveryMs: 5 * minute,
  });
  return {
    store,
    reports,
    verdicts,
    found: async (status, output) => {
      expect(await reports.report('disk', { status, output }, by)).toMatchObject({ ok: true });
    },
    recorded: () => store.read(checkState, checkKey('n1', 'disk')).value,
    async [Symbol.asyncDispose]() {
      reports[Symbol.dispose]();
      await store[Symbol.asyncDispose]();
    },
  };
}

test('a verdict is recorded at once, the first one too where it is the one that was declared', async () => {
  await using lab = await openLab();
  await lab.found('critical', 'refused');
  expect(lab.recorded()).toEqual({ status: 'critical', output: 'refused' });
  await lab.found('passing', 'ok');
  expect(lab.recorded()).toEqual({ status: 'passing', output: 'ok' });
  expect(lab.reports.lastOutput('disk')).toBeUndefined();
});

test('what says something else about the same verdict is known at once and recorded minutes later', async () => {
  await using lab = await openLab();
  await lab.found('passing', 'at 8:00');
  const { revision } = lab.store.view;
  await lab.found('passing', 'at 8:01');
  await vi.advanceTimersByTimeAsync(4 * minute);
  await lab.found('passing', 'at 8:05');
  expect(lab.store.view.revision).toBe(revision);
  expect(lab.recorded()).toEqual({ status: 'passing', output: 'at 8:00' });
  expect(lab.reports.lastOutput('disk')).toBe('at 8:05');
  await vi.advanceTimersByTimeAsync(minute);
  expect(lab.recorded()).toEqual({ status: 'passing', output: 'at 8:05' });
  expect(vi.getTimerCount()).toBe(0);
});

test('a new verdict does not wait for what was said before', async () => {
  await using lab = await openLab();
  await lab.found('passing', 'a');
  await lab.found('passing', 'b');
  await lab.found('warning', 'c');
  expect(lab.recorded()).toEqual({ status: 'warning', output: 'c' });
  await vi.advanceTimersByTimeAsync(10 * minute);
  expect(lab.recorded()).toEqual({ status: 'warning', output: 'c' });
});

test('the same again costs no commit and no timer', async () => {
  await using lab = await openLab();
  await lab.found('passing', 'a');
  await lab.found('passing', 'b');
  const { revision } = lab.store.view;
  await lab.found('passing', 'a');
  expect(lab.store.view.revision).toBe(revision);
  expect(vi.getTimerCount()).toBe(0);
});

test('a verdict that is not as it was is heard of once, with what it was before', async () => {
  await using lab = await openLab();
  await lab.found('passing', 'a');
  await lab.found('passing', 'b');
  await lab.found('critical', 'c');
  await lab.found('critical', 'c');
  const about = { checkId: 'disk', serviceId: '' };
  expect(lab.verdicts).toEqual([
    { ...about, status: 'passing', output: 'a' },
    { ...about, status: 'critical', output: 'c', before: 'passing' },
  ]);
});

test('of a check that is not there no verdict is heard', async () => {
  await using lab = await openLab();
  const outcome = await lab.reports.report('gone', { status: 'critical', output: '' }, by);
  expect(outcome.ok).toBe(false);
  expect(lab.verdicts).toEqual([]);
});
