import { catalogTables } from '@chancery/catalog';
import { configEntries, configEntryTables } from '@chancery/config-entries';
import type { LoadedConfig } from '@chancery/config-files';
import { decodeAgentConfig, decodeConfigEntry } from '@chancery/model';
import { commit, memoryJournal, openStore, put, type Store } from '@chancery/store';
import { expect, onTestFinished, test, vi } from 'vitest';
import { authorityTables } from '../../authority/authority-tables.ts';
import { checkMesh, type MeshCheckParts, meshChecks } from './mesh-checks.ts';
import { runChecks } from './run-checks.ts';

const tables = [...catalogTables, ...configEntryTables, ...authorityTables];

function partsOf(store: Store, proxies: MeshCheckParts['proxies']): MeshCheckParts {
  const config = decodeAgentConfig([], { dev: true, host: { hostname: 'box' } });
  if (!config.ok) throw new Error('no configuration');
  return {
    store,
    config: config.value,
    leafs: { list: () => [] },
    proxies,
    readConfig: (): LoadedConfig => ({ ok: false, lines: ['no'] }) as LoadedConfig,
    now: () => 7,
  };
}

/** Denies everything twice: whether one has an effect takes a look at each of the others. */
async function deniedTwice(count: number): Promise<Store> {
  const store = await openStore({ tables, journal: memoryJournal(), now: () => 0 });
  const names = Array.from({ length: count }, (_, at) => `s${at}`);
  const denied = (name: string, sources: readonly string[]) => {
    const told = sources.map((source) => ({ name: source, action: 'deny' }));
    const decoded = decodeConfigEntry(
      { kind: 'service-intentions', name, sources: told },
      { casing: 'file' },
    );
    if (!decoded.ok) throw new Error('no entry');
    return put(configEntries, decoded.value);
  };
  const rows = [denied('*', names), ...names.map((name) => denied(name, ['*']))];
  await store.commit(() => commit(rows, undefined), undefined, { principal: { name: 'test' } });
  return store;
}

test('of more intentions than can be looked at in the time the policy is told all the same, and every other group', async () => {
  await using store = await deniedTwice(1000);
  const checks = meshChecks(partsOf(store, { list: async () => [] }));
  const run = { limitMs: 20, now: () => 7 };
  const found = await Array.fromAsync(runChecks(checks, run, new AbortController().signal));
  expect(found.filter(({ group }) => group === 'intentions')).toMatchObject([
    { name: 'default policy', status: 'ok' },
    {
      name: 'intentions',
      status: 'skipped',
      message: 'could not be looked at: it was not known after 0.02 s',
    },
  ]);
  expect(new Set(found.map(({ group }) => group)).size).toBe(7);
});

test('each look has two seconds: what hangs is told by name, and all the others with what they found', async () => {
  const store = await openStore({ tables, journal: memoryJournal(), now: () => 0 });
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const proxies = { list: () => new Promise<never>(() => undefined) };
  const check = checkMesh(partsOf(store, proxies));
  const telling = Array.fromAsync(check(new AbortController().signal));
  await vi.advanceTimersByTimeAsync(2_000);
  const found = await telling;
  const groups = found.map(({ group }) => group);
  expect([...new Set(groups)].sort()).toEqual([
    'agent',
    'certificates',
    'configuration',
    'data',
    'intentions',
    'proxies',
    'services',
  ]);
  expect(found.at(-1)).toEqual({
    group: 'proxies',
    name: 'proxies',
    status: 'skipped',
    message: 'could not be looked at: it was not known after 2 s',
    at: 7,
  });
});
