import { configEntries, configEntryTables, putConfigEntry } from '@chancery/config-entries';
import { type ConfigEntry, decodeConfigEntry } from '@chancery/model';
import { memoryJournal, openStore, type Store } from '@chancery/store';
import { expect, test } from 'vitest';
import { writeBootstrapEntries } from './bootstrap-entries.ts';

const datacenter = 'dc1';

function entry(value: object): ConfigEntry {
  const decoded = decodeConfigEntry(value, { casing: 'http' });
  if (!decoded.ok) throw new Error(JSON.stringify(decoded.issues));
  return decoded.value;
}

const web = (protocol: string) =>
  entry({ Kind: 'service-defaults', Name: 'web', Protocol: protocol });

function emptyStore(): Promise<Store> {
  return openStore({ tables: configEntryTables, journal: memoryJournal(), now: () => 0 });
}

async function begin(store: Store, ...entries: readonly ConfigEntry[]): Promise<unknown[]> {
  const written: unknown[] = [];
  const log = { info: (about: object) => void written.push(about) };
  await writeBootstrapEntries(store, { configEntries: entries, datacenter }, log as never);
  return written;
}

test('entries are written where there is none of that kind and name', async () => {
  const store = await emptyStore();
  expect(await begin(store, web('http'))).toMatchObject([
    { kind: 'service-defaults', name: 'web' },
  ]);
  await store.commit(
    putConfigEntry,
    { entry: web('grpc'), datacenter },
    { principal: { name: 'x' } },
  );
  expect(await begin(store, web('http'))).toEqual([]);
  expect(store.view.all(configEntries)).toMatchObject([{ name: 'web', protocol: 'grpc' }]);
});

test('entries that contradict what is there keep the agent from starting, and are not written', async () => {
  const store = await emptyStore();
  await begin(store, web('tcp'));
  const router = entry({ Kind: 'service-router', Name: 'web', Routes: [] });
  await expect(begin(store, router)).rejects.toThrow(
    /^config_entries\.bootstrap: service-router\/web: .*tcp/,
  );
  expect(store.view.all(configEntries)).toHaveLength(1);
});
