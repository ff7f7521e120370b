import { expect, test } from 'vitest';
import {
  configEntriesOf,
  configEntryAt,
  deleteConfigEntry,
  type PutServiceIntentions,
  putServiceIntentions,
} from './index.ts';
import { openIntentionsLab } from './testing/intentions-lab.ts';

function entry(rest: Partial<PutServiceIntentions> = {}): PutServiceIntentions {
  return { name: 'c', sources: [{ name: 'b', action: 'deny' }], meta: {}, ...rest };
}

const c = { kind: 'service-intentions', name: 'c' } as const;

test('an entry is stored with its sources in the order of their precedence', async () => {
  const lab = await openIntentionsLab();
  const sources = [
    { name: 'b', action: 'deny' },
    { name: '*', action: 'allow' },
    { name: 'a', action: 'allow', description: 'h' },
  ];
  await lab.run(putServiceIntentions, entry({ sources, meta: { x: 'y' } }));
  expect(lab.ask(configEntryAt, 'service-intentions/c')?.entry).toEqual({
    ...c,
    sources: [
      { name: 'b', action: 'deny', type: 'consul' },
      { name: 'a', action: 'allow', type: 'consul', description: 'h' },
      { name: '*', action: 'allow', type: 'consul' },
    ],
    meta: { x: 'y' },
  });
});

/** Recorded from Consul 1.20.1. */
test.each<[string, Partial<PutServiceIntentions>]>([
  [
    'Sources[1] defines "b" more than once',
    {
      sources: [
        { name: 'b', action: 'deny' },
        { name: 'b', action: 'allow' },
      ],
    },
  ],
  ['At least one source is required', { sources: [] }],
  ['Name is required', { name: '' }],
  ["Sources[0].Action must be set to 'allow' or 'deny'", { sources: [{ name: 'b', action: '' }] }],
  ["Name: wildcard character '*' cannot be used with partial values", { name: 'c*' }],
  ['Sources[0].Name is required', { sources: [{ name: '', action: 'deny' }] }],
  [
    "Sources[0].Name: wildcard character '*' cannot be used with partial values",
    {
      name: '*',
      sources: [
        { name: '*', action: 'deny' },
        { name: 'a*', action: 'deny' },
      ],
    },
  ],
  [
    "Sources[0].Type must be set to 'consul'",
    { sources: [{ name: 'b', action: 'deny', type: 'x' }] },
  ],
])('an entry is refused: %s', async (message, rest) => {
  const lab = await openIntentionsLab();
  const refusal = await lab.refused(putServiceIntentions, entry(rest));
  expect(refusal.message).toBe(message);
});

test('an entry put as a whole leaves no IDs of the older API', async () => {
  const lab = await openIntentionsLab();
  await lab.create('b => c (deny)');
  const { before } = await lab.run(putServiceIntentions, entry());
  expect(before?.sources[0]?.legacyId).toBe('b-c');
  expect(lab.ask(configEntryAt, 'service-intentions/c')?.entry.sources).toEqual([
    { name: 'b', action: 'deny', type: 'consul' },
  ]);
});

test('the same entry again changes nothing', async () => {
  const lab = await openIntentionsLab();
  await lab.run(putServiceIntentions, entry());
  const before = lab.store.view.revision;
  await lab.run(putServiceIntentions, entry());
  expect(lab.store.view.revision).toBe(before);
});

test('a write that expects another revision is not made, unless it says nothing new', async () => {
  const lab = await openIntentionsLab();
  const changed = { sources: [{ name: 'b', action: 'allow' }] };
  expect(await lab.run(putServiceIntentions, entry({ cas: 5 }))).toEqual({ written: false });
  expect(await lab.run(putServiceIntentions, entry({ cas: 0 }))).toEqual({ written: true });
  const { modified = 0 } = lab.ask(configEntryAt, 'service-intentions/c')?.revisions ?? {};
  expect(await lab.run(putServiceIntentions, entry({ ...changed, cas: 0 }))).toMatchObject({
    written: false,
  });
  expect(await lab.run(putServiceIntentions, entry({ cas: 0 }))).toMatchObject({ written: true });
  expect(await lab.run(putServiceIntentions, entry({ ...changed, cas: modified }))).toMatchObject({
    written: true,
  });
});

test('a deletion that expects another revision is not made', async () => {
  const lab = await openIntentionsLab();
  await lab.run(putServiceIntentions, entry());
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
