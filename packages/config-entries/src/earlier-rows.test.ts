import { encodeConfigEntry } from '@chancery/model';
import { type Command, commit, memoryJournal, openStore, put } from '@chancery/store';
import { expect, test } from 'vitest';
import {
  allIntentions,
  configEntries,
  configEntryAt,
  configEntryTables,
  putConfigEntry,
  upsertIntention,
} from './index.ts';
import { entryOf } from './testing/intentions-lab.ts';

/** As version 0.1 wrote it. */
const row = {
  kind: 'service-intentions',
  name: 'Db',
  sources: [
    {
      name: 'web',
      action: 'deny',
      type: 'consul',
      legacyId: 'uuid',
      legacyMeta: { k: 'v' },
      legacyCreateTimeMs: 1,
      legacyUpdateTimeMs: 2,
    },
    { name: '*', action: 'allow', type: 'consul', description: 'rest' },
  ],
  meta: {},
} as const;

const by = { principal: { name: 'test' } };
const write: Command<typeof row, undefined> = (_view, _principal, old) =>
  commit([put(configEntries, old)], undefined);

test('what an earlier version kept is read, shown and changed', async () => {
  const journal = memoryJournal();
  const open = () => openStore({ tables: configEntryTables, journal, now: () => 0 });
  const earlier = await open();
  await earlier.commit(write, row, by);
  await earlier[Symbol.asyncDispose]();

  await using store = await open();
  expect(store.read(allIntentions, '').value).toMatchObject([
    { id: 'uuid', source: 'web', destination: 'Db', action: 'deny', meta: { k: 'v' } },
    { source: '*', action: 'allow', description: 'rest' },
  ]);
  const { entry } = store.read(configEntryAt, 'service-intentions/Db').value ?? {};
  expect(entry && encodeConfigEntry(entry)).toEqual({
    Kind: 'service-intentions',
    Name: 'Db',
    Sources: [
      {
        Name: 'web',
        Action: 'deny',
        Precedence: 9,
        LegacyID: 'uuid',
        Type: 'consul',
        LegacyMeta: { k: 'v' },
        LegacyCreateTime: '1970-01-01T00:00:00.001Z',
        LegacyUpdateTime: '1970-01-01T00:00:00.002Z',
      },
      { Name: '*', Action: 'allow', Precedence: 8, Type: 'consul', Description: 'rest' },
    ],
  });
  const input = { source: 'web', destination: 'Db', action: 'allow', datacenter: 'dc1', nowMs: 3 };
  expect(await store.commit(upsertIntention, input, by)).toMatchObject({ ok: true });
  const speaksHttp = entryOf({ kind: 'service-defaults', name: 'Db', protocol: 'http' });
  expect(
    await store.commit(putConfigEntry, { entry: speaksHttp, datacenter: 'dc1' }, by),
  ).toMatchObject({ ok: true });
  expect(store.read(allIntentions, '').value).toMatchObject([
    { id: 'uuid', action: 'allow', createdAtMs: 1, updatedAtMs: 3 },
    { action: 'allow' },
  ]);
});
