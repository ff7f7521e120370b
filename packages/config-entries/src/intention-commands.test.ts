import { formatIntention } from '@chancery/intentions';
import { expect, test } from 'vitest';
import {
  configEntryAt,
  createIntention,
  deleteIntention,
  deleteIntentionById,
  intentionBetween,
  intentionById,
  intentionPair,
  updateIntentionById,
  upsertIntention,
} from './index.ts';
import {
  datacenter,
  type IntentionsLab,
  openIntentionsLab,
  parsed,
} from './testing/intentions-lab.ts';

function sourcesOf(lab: IntentionsLab, destination: string): unknown {
  const entry = lab.ask(configEntryAt, `service-intentions/${destination}`)?.entry;
  if (entry?.kind !== 'service-intentions') return undefined;
  return entry.sources.map(({ name, action }) => `${name} ${action}`);
}

test('an intention becomes a source of the entry of its destination', async () => {
  const lab = await openIntentionsLab();
  const input = { ...parsed('web => db (deny)'), description: 'no', meta: { k: 'v' } };
  const { intention, before } = await lab.run(createIntention, { ...input, id: 'uuid', nowMs: 7 });
  expect(formatIntention(intention)).toBe('web => db (deny)');
  expect(before).toBeUndefined();
  expect(lab.ask(configEntryAt, 'service-intentions/db')?.entry).toEqual({
    kind: 'service-intentions',
    name: 'db',
    meta: {},
    sources: [
      {
        name: 'web',
        action: 'deny',
        type: 'consul',
        description: 'no',
        legacyId: 'uuid',
        legacyMeta: { k: 'v' },
        legacyCreateTimeMs: 7,
        legacyUpdateTimeMs: 7,
      },
    ],
  });
});

test('sources stand in the order of their precedence, and as they came within one', async () => {
  const lab = await openIntentionsLab();
  for (const source of ['zeta', '*', 'alpha']) await lab.create(`${source} => db (deny)`);
  expect(sourcesOf(lab, 'db')).toEqual(['zeta deny', 'alpha deny', '* deny']);
});

test('a wildcard destination is the entry of that name', async () => {
  const lab = await openIntentionsLab();
  await lab.create('web => * (deny)');
  expect(sourcesOf(lab, '*')).toEqual(['web deny']);
});

/** Recorded from Consul 1.20.1 on an entry whose sources are b, c, a and `*`. */
test.each([
  ['a', 'Sources[3] defines "a" more than once: a => db (allow) exists'],
  ['c', 'Sources[3] defines "c" more than once: c => db (allow) exists'],
  ['*', 'Sources[4] defines "*" more than once: * => db (allow) exists'],
])('a second intention of %s is refused in the words of Consul', async (source, message) => {
  const lab = await openIntentionsLab();
  for (const name of ['b', '*', 'c', 'a']) await lab.create(`${name} => db (allow)`);
  const input = { ...parsed(`${source} => db (deny)`), id: 'other', nowMs: 1 };
  expect(await lab.refused(createIntention, input)).toEqual({ code: 'conflict', message });
});

/** Recorded from Consul 1.20.1. */
test.each([
  ['web => db (bogus)', "1 error occurred:\n\t* Action must be set to 'allow' or 'deny'\n\n"],
  [' => db (allow)', '1 error occurred:\n\t* SourceName must be set\n\n'],
  [
    'we*b => db (allow)',
    "1 error occurred:\n\t* SourceName: wildcard character '*' cannot be used with partial values\n\n",
  ],
  [
    'web => db* (allow)',
    "1 error occurred:\n\t* DestinationName: wildcard character '*' cannot be used with partial values\n\n",
  ],
  [
    'w* => d*b (bogus)',
    "3 errors occurred:\n\t* SourceName: wildcard character '*' cannot be used with partial values\n\t* DestinationName: wildcard character '*' cannot be used with partial values\n\t* Action must be set to 'allow' or 'deny'\n\n",
  ],
])('creating %s is refused in the words of Consul', async (text, message) => {
  const lab = await openIntentionsLab();
  const refusal = await lab.refused(createIntention, { ...parsed(text), id: 'x', nowMs: 1 });
  expect(refusal).toEqual({ code: 'invalid', message });
});

test('another type of source is refused', async () => {
  const lab = await openIntentionsLab();
  const input = { ...parsed('web => db (deny)'), sourceType: 'foo', id: 'x', nowMs: 1 };
  const { message } = await lab.refused(createIntention, input);
  expect(message).toBe("1 error occurred:\n\t* SourceType must be set to 'consul'\n\n");
});

test('an upsert makes an intention without an ID, and tells what it replaces', async () => {
  const lab = await openIntentionsLab();
  await lab.put('web => db (deny)');
  const { intention, before } = await lab.run(upsertIntention, {
    ...parsed('web => db (allow)'),
    description: 'now',
    datacenter,
    nowMs: 2,
  });
  expect(before).toMatchObject({ action: 'deny' });
  expect(intention).toEqual({ ...parsed('web => db (allow)'), description: 'now' });
  expect(sourcesOf(lab, 'db')).toEqual(['web allow']);
});

test('an upsert leaves an intention its ID, its meta and its neighbours', async () => {
  const lab = await openIntentionsLab();
  const input = { ...parsed('web => db (deny)'), description: 'old', meta: { k: 'v' } };
  await lab.run(createIntention, { ...input, id: 'uuid', nowMs: 1 });
  await lab.create('api => db (deny)');
  await lab.put('web => db (allow)', 9);
  expect(lab.ask(intentionById, 'uuid')).toMatchObject({
    action: 'allow',
    meta: { k: 'v' },
    createdAtMs: 1,
    updatedAtMs: 9,
  });
  expect(lab.ask(intentionById, 'uuid')?.description).toBeUndefined();
  expect(lab.ask(intentionById, 'api-db')).toBeDefined();
});

test.each(['create', 'put'] as const)('an upsert of what %s made changes nothing', async (how) => {
  const lab = await openIntentionsLab();
  await lab[how]('web => db (deny)');
  const before = lab.store.view.revision;
  await lab.put('web => db (deny)', 99);
  expect(lab.store.view.revision).toBe(before);
});

test.each([
  ['web => db (bogus)', "Sources[0].Action must be set to 'allow' or 'deny'"],
  [
    'a* => db (bogus)',
    "Sources[0].Name: wildcard character '*' cannot be used with partial values",
  ],
  ['web =>  (deny)', 'Name is required'],
  [' => db (deny)', 'Sources[0].Name is required'],
])('upserting %s is refused in the words of Consul', async (text, message) => {
  const lab = await openIntentionsLab();
  const refusal = await lab.refused(upsertIntention, { ...parsed(text), datacenter, nowMs: 1 });
  expect(refusal).toEqual({ code: 'invalid', message });
});

test('an upsert takes no meta but that which is there', async () => {
  const lab = await openIntentionsLab();
  const input = { ...parsed('web => db (deny)'), meta: { k: 'v' }, datacenter, nowMs: 1 };
  const fresh = await lab.refused(upsertIntention, input);
  expect(fresh.message).toBe('Meta must not be specified');
  const sources = [{ name: 'web', action: 'allow' }];
  await lab.write({ kind: 'service-intentions', name: 'db', meta: { k: 'v' }, sources });
  await lab.run(upsertIntention, input);
  const changed = await lab.refused(upsertIntention, { ...input, meta: { k: 'w' } });
  expect(changed.message).toBe(
    'Meta must not be specified, or should be unchanged during an update.',
  );
});

test('an update by ID changes source, action, description and meta in place', async () => {
  const lab = await openIntentionsLab();
  await lab.create('web => db (deny)');
  await lab.create('api => db (deny)');
  const input = { ...parsed('web2 => db (allow)'), meta: { z: '1' }, id: 'web-db', nowMs: 5 };
  const { before } = await lab.run(updateIntentionById, input);
  expect(before).toMatchObject({ source: 'web', action: 'deny' });
  expect(sourcesOf(lab, 'db')).toEqual(['web2 allow', 'api deny']);
  expect(lab.ask(intentionById, 'web-db')).toMatchObject({
    source: 'web2',
    meta: { z: '1' },
    createdAtMs: 1,
    updatedAtMs: 5,
  });
});

test.each([
  ['nope', 'q => db (allow)', 'not-found', "Cannot modify non-existent intention: 'nope'"],
  [
    'web-db',
    'web => db2 (allow)',
    'invalid',
    'Cannot modify Destination partition/namespace/name for an intention once it exists.',
  ],
  [
    'web-db',
    'web => db (bogus)',
    'invalid',
    "1 error occurred:\n\t* Action must be set to 'allow' or 'deny'\n\n",
  ],
  ['web-db', 'api => db (allow)', 'invalid', 'Sources[1] defines "api" more than once'],
])('updating %s to %s is refused: %s', async (id, text, code, message) => {
  const lab = await openIntentionsLab();
  await lab.create('web => db (deny)');
  await lab.create('api => db (deny)');
  const refusal = await lab.refused(updateIntentionById, { ...parsed(text), id, nowMs: 1 });
  expect(refusal).toEqual({ code, message });
});

test('deleting the last source deletes the entry', async () => {
  const lab = await openIntentionsLab();
  await lab.create('web => db (deny)');
  await lab.create('api => db (deny)');
  const first = await lab.run(deleteIntention, { source: 'web', destination: 'db' });
  expect(first.deleted).toMatchObject({ source: 'web' });
  expect(sourcesOf(lab, 'db')).toEqual(['api deny']);
  await lab.run(deleteIntentionById, { id: 'api-db' });
  expect(lab.ask(configEntryAt, 'service-intentions/db')).toBeUndefined();
});

test('deleting a pair that is not there is no change', async () => {
  const lab = await openIntentionsLab();
  await lab.create('web => db (deny)');
  const before = lab.store.view.revision;
  const { deleted } = await lab.run(deleteIntention, { source: '*', destination: 'db' });
  expect(deleted).toBeUndefined();
  expect(lab.store.view.revision).toBe(before);
});

test('deleting an ID that is not there is refused in the words of Consul', async () => {
  const lab = await openIntentionsLab();
  expect(await lab.refused(deleteIntentionById, { id: 'x' })).toEqual({
    code: 'not-found',
    message: "Cannot delete non-existent intention: 'x'",
  });
});

test('an intention is found by exactly its pair', async () => {
  const lab = await openIntentionsLab();
  await lab.create('* => db (deny)');
  expect(lab.ask(intentionBetween, intentionPair('web', 'db'))).toBeUndefined();
  expect(lab.ask(intentionBetween, intentionPair('*', 'db'))).toMatchObject({ precedence: 8 });
});
