import {
  type Check,
  catalogTables,
  checkKey,
  checkState,
  checks,
  instancesOnNode,
  registerNode,
  registerService,
} from '@chancery/catalog';
import { type AgentConfig, decodeServiceRegistration } from '@chancery/model';
import { memoryJournal, openStore } from '@chancery/store';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createLog } from '../log/log.ts';
import { AgentMetrics } from '../metrics/agent-metrics.ts';
import { type NodeChecks, runNodeChecks } from './node-checks.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

type Settings = Pick<
  AgentConfig,
  'scriptChecks' | 'discardCheckOutput' | 'checkOutputMaxBytes' | 'checkUpdateIntervalMs'
>;

const usual: Settings = {
  scriptChecks: 'off',
  discardCheckOutput: false,
  checkOutputMaxBytes: 100,
  checkUpdateIntervalMs: 300_000,
};
const by = { principal: { name: 'test' }, why: 'test' };

interface Lab extends AsyncDisposable {
  readonly local: NodeChecks['local'];
  readonly lines: readonly string[];
  check(): Check;
  found(): { readonly status: string; readonly output: string };
  services(): readonly string[];
}

/** An agent's checks of one service, whose check has the ID `alive`. */
async function openLab(check: object, settings: Partial<Settings> = {}): Promise<Lab> {
  const stack = new AsyncDisposableStack();
  const journal = memoryJournal();
  const store = stack.use(await openStore({ tables: catalogTables, journal, now: Date.now }));
  const rest = { id: '', datacenter: 'dc1', taggedAddresses: {}, meta: {} };
  await store.commit(registerNode, { node: 'n1', address: '10.0.0.1', ...rest }, by);
  const service = { name: 'web', port: 1, check: { id: 'alive', ...check } };
  const decoded = decodeServiceRegistration(service, { casing: 'file' });
  if (!decoded.ok) throw new Error(decoded.issues.map(({ message }) => message).join());
  const input = { node: 'n1', registration: decoded.value, replaceExistingChecks: false };
  await store.commit(registerService, { ...input, sidecarPorts: { min: 1, max: 2 } }, by);
  const shown = { now: Date.now, prometheus: true, prefix: 'consul', shows: () => true };
  const lines: string[] = [];
  const { log } = createLog({ logLevel: 'info', logJson: false }, (line) => lines.push(line));
  const { local } = stack.use(
    runNodeChecks({
      store,
      node: 'n1',
      config: { ...usual, ...settings },
      metrics: stack.use(new AgentMetrics(shown)),
      effects: { now: Date.now, random: () => 0, log },
    }),
  );
  // What is in the state already is heard of a moment later.
  if (vi.isFakeTimers()) await vi.advanceTimersByTimeAsync(0);
  const key = checkKey('n1', 'alive');
  return {
    local,
    lines,
    check: () => {
      const row = store.view.get(checks, key);
      if (row === undefined) throw new Error('the check is gone');
      return row;
    },
    found: () => store.read(checkState, key).value ?? { status: 'gone', output: '' },
    services: () => store.read(instancesOnNode, 'n1').value.map(({ service: { id } }) => id),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

test('a heartbeat that stays away ends a service that asked for that, and the log says why', async () => {
  await using lab = await openLab({ ttl: '10s', deregister_critical_service_after: '1m' });
  await lab.local.report(lab.check(), { status: 'passing', output: 'well' }, by);
  await vi.advanceTimersByTimeAsync(9_000);
  expect(lab.found().status).toBe('passing');
  await vi.advanceTimersByTimeAsync(2_000);
  expect(lab.found()).toEqual({
    status: 'critical',
    output: 'TTL expired (last output before timeout follows): well',
  });
  expect(lab.services()).toEqual(['web']);
  await vi.advanceTimersByTimeAsync(100_000);
  expect(lab.services()).toEqual([]);
  expect(lab.lines.join('')).toContain('deregistered: its check was critical for too long');
});

test.for([
  [{}, {}, `${'x'.repeat(100)} ... (captured 100 of 500 bytes)`],
  [{ output_max_size: 20 }, {}, `${'x'.repeat(20)} ... (captured 20 of 500 bytes)`],
  [{}, { discardCheckOutput: true }, ''],
] as const)(
  'of an output is kept what the check %j and the agent %j say',
  async ([check, settings, output]) => {
    await using lab = await openLab({ ttl: '10s', ...check }, settings);
    const verdict = { status: 'warning', output: 'x'.repeat(500) } as const;
    await lab.local.report(lab.check(), verdict, by);
    expect(lab.found()).toEqual({ status: 'warning', output });
  },
);

test.for([
  ['off', /^Scripts are disabled on this agent from remote calls/, /^Scripts are disabled on this/],
  ['files', /^Scripts are disabled on this agent from remote calls/, undefined],
  ['all', undefined, undefined],
] as const)(
  'with scripts %s they are refused, and run, as that says',
  async ([scriptChecks, overApi, found]) => {
    await using lab = await openLab({ args: ['/bin/true'], interval: '10s' }, { scriptChecks });
    const refused = lab.local.refusal(lab.check());
    expect(refused ?? '').toMatch(overApi ?? /^$/);
    await vi.advanceTimersByTimeAsync(1);
    if (found === undefined) expect(lab.found().output).not.toMatch(/disabled/);
    else expect(lab.found()).toEqual({ status: 'critical', output: expect.stringMatching(found) });
  },
);

test('of what a program prints is kept as much as the agent says', async () => {
  vi.useRealTimers();
  const args = ['/bin/sh', '-c', 'printf %0500d 0'];
  const settings = { scriptChecks: 'all', checkOutputMaxBytes: 50 } as const;
  await using lab = await openLab({ args, interval: '10s' }, settings);
  await vi.waitFor(() => expect(lab.found().status).toBe('passing'), { timeout: 20_000 });
  expect(lab.found().output).toBe(`Captured 50 of 500 bytes\n...\n${'0'.repeat(50)}`);
});
