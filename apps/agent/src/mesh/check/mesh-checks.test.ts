import { catalogTables } from '@chancery/catalog';
import { configEntryTables } from '@chancery/config-entries';
import type { LoadedConfig } from '@chancery/config-files';
import { decodeAgentConfig } from '@chancery/model';
import { memoryJournal, openStore } from '@chancery/store';
import { expect, onTestFinished, test, vi } from 'vitest';
import { authorityTables } from '../../authority/authority-tables.ts';
import { checkMesh } from './mesh-checks.ts';

test('each look has two seconds: what hangs is told by name, and all the others with what they found', async () => {
  const tables = [...catalogTables, ...configEntryTables, ...authorityTables];
  const store = await openStore({ tables, journal: memoryJournal(), now: () => 0 });
  const config = decodeAgentConfig([], { dev: true, host: { hostname: 'box' } });
  if (!config.ok) throw new Error('no configuration');
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const check = checkMesh({
    store,
    config: config.value,
    leafs: { list: () => [] },
    proxies: { list: () => new Promise<never>(() => undefined) },
    readConfig: (): LoadedConfig => ({ ok: false, lines: ['no'] }) as LoadedConfig,
    now: () => 7,
  });
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
