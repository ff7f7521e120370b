import type { ServiceIntentions } from '@chancery/model';
import { expect, test } from 'vitest';
import {
  bootstrapConfigEntries,
  changeConfigEntries,
  configEntriesOf,
  configEntryAt,
  deleteConfigEntry,
  putConfigEntry,
} from './index.ts';
import {
  datacenter,
  entryOf,
  type IntentionsLab,
  openIntentionsLab,
} from './testing/intentions-lab.ts';

const deny = {
  kind: 'service-intentions',
  name: 'c',
  sources: [{ name: 'b', action: 'deny' }],
};
const allow = { ...deny, sources: [{ name: 'b', action: 'allow' }] };
const c = { kind: 'service-intentions', name: 'c', datacenter } as const;

function put(lab: IntentionsLab, entry: object, cas?: number) {
  const input = { entry: entryOf(entry), datacenter, ...(cas !== undefined && { cas }) };
  return lab.run(putConfigEntry, input);
}

function stored(lab: IntentionsLab): ServiceIntentions | undefined {
  const row = lab.ask(configEntryAt, 'service-intentions/c');
  return row?.entry.kind === 'service-intentions' ? row.entry : undefined;
}

test('an entry is stored with its sources in the order of their precedence', async () => {
  const lab = await openIntentionsLab();
  const sources = [
    { name: 'b', action: 'deny' },
    { name: '*', action: 'allow' },
    { name: 'a', action: 'allow', description: 'h' },
  ];
  await put(lab, { ...deny, sources, meta: { x: 'y' } });
  expect(stored(lab)).toEqual({
    kind: 'service-intentions',
    name: 'c',
    sources: [
      { name: 'b', action: 'deny', type: 'consul' },
      { name: 'a', action: 'allow', type: 'consul', description: 'h' },
      { name: '*', action: 'allow', type: 'consul' },
    ],
    meta: { x: 'y' },
  });
});

test('intentions put as a whole leave no IDs of the older API', async () => {
  const lab = await openIntentionsLab();
  await lab.create('b => c (deny)');
  const { before } = await put(lab, deny);
  expect(before).toMatchObject({ sources: [{ legacyId: 'b-c' }] });
  expect(stored(lab)?.sources).toEqual([{ name: 'b', action: 'deny', type: 'consul' }]);
});

test('the same entry again changes nothing, and tells which revision wrote it', async () => {
  const lab = await openIntentionsLab();
  await put(lab, deny);
  const { modified } = lab.ask(configEntryAt, 'service-intentions/c')?.revisions ?? {};
  await put(lab, { ...deny, name: 'other' });
  const before = lab.store.view.revision;
  await put(lab, deny);
  expect(lab.store.view.revision).toBe(before);
  const by = { principal: { name: 'test' } };
  const entry = entryOf(deny);
  const again = await lab.store.commit(putConfigEntry, { entry, datacenter }, by);
  expect(again).toMatchObject({ revision: modified });
  const entries = [{ entry, origin: 'c.hcl' }];
  const change = { entries, deletions: [], prune: false, datacenter };
  expect(await lab.store.commit(changeConfigEntries, change, by)).toMatchObject({
    result: { written: [], deleted: [] },
    revision: modified,
  });
  expect(lab.store.view.revision).toBe(before);
});

test('a write that expects another revision is not made, unless it says nothing new', async () => {
  const lab = await openIntentionsLab();
  expect(await put(lab, deny, 5)).toEqual({ written: false });
  expect(await put(lab, deny, 0)).toEqual({ written: true });
  const { modified = 0 } = lab.ask(configEntryAt, 'service-intentions/c')?.revisions ?? {};
  expect(await put(lab, allow, 0)).toMatchObject({ written: false });
  expect(await put(lab, deny, 0)).toMatchObject({ written: true });
  expect(await put(lab, allow, modified)).toMatchObject({ written: true });
});

test('a deletion that expects another revision is not made', async () => {
  const lab = await openIntentionsLab();
  await put(lab, deny);
  const { modified = 0 } = lab.ask(configEntryAt, 'service-intentions/c')?.revisions ?? {};
  expect(await lab.run(deleteConfigEntry, { ...c, cas: modified + 1 })).toMatchObject({
    deleted: false,
  });
  expect(lab.ask(configEntriesOf, 'service-intentions')).toHaveLength(1);
  expect(await lab.run(deleteConfigEntry, { ...c, cas: modified })).toMatchObject({
    deleted: true,
  });
  expect(lab.ask(configEntriesOf, 'service-intentions')).toEqual([]);
});

test('deleting what is not there succeeds and is no change', async () => {
  const lab = await openIntentionsLab();
  const before = lab.store.view.revision;
  expect(await lab.run(deleteConfigEntry, c)).toEqual({ deleted: true });
  expect(await lab.run(deleteConfigEntry, { ...c, cas: 5 })).toEqual({ deleted: true });
  expect(lab.store.view.revision).toBe(before);
});

const splitter = { kind: 'service-splitter', name: 'db', splits: [{ weight: 100 }] };
const speaksHttp = { kind: 'service-defaults', name: 'db', protocol: 'http' };

test('the entries of a configuration are put where there are none, in whatever order they need each other', async () => {
  const lab = await openIntentionsLab();
  await put(lab, allow);
  const entries = [splitter, speaksHttp, deny].map(entryOf);
  const { written } = await lab.run(bootstrapConfigEntries, { entries, datacenter });
  expect(written.map(({ kind }) => kind)).toEqual(['service-splitter', 'service-defaults']);
  expect(stored(lab)?.sources).toMatchObject([{ action: 'allow' }]);
  const before = lab.store.view.revision;
  expect(await lab.run(bootstrapConfigEntries, { entries, datacenter })).toEqual({ written: [] });
  expect(lab.store.view.revision).toBe(before);
});

test('of the entries of a configuration that do not fit together none is put', async () => {
  const lab = await openIntentionsLab();
  const entries = [deny, splitter].map(entryOf);
  const refusal = await lab.refused(bootstrapConfigEntries, { entries, datacenter });
  expect(refusal.message).toBe(
    'service-splitter/db: discovery chain "db" uses a protocol "tcp" that does not permit advanced routing or splitting behavior',
  );
  expect(lab.ask(configEntriesOf, 'service-intentions')).toEqual([]);
});

test('of two entries of one name in a configuration the first is put', async () => {
  const lab = await openIntentionsLab();
  const entries = [deny, allow].map(entryOf);
  await lab.run(bootstrapConfigEntries, { entries, datacenter });
  expect(stored(lab)?.sources).toMatchObject([{ action: 'deny' }]);
});
