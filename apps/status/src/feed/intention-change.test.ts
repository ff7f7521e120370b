import { create, type JsonObject } from '@bufbuild/protobuf';
import type { MeshClient } from '@chancery/mesh-api/client';
import { PlanResponseSchema } from '@chancery/mesh-api/v1/changes';
import { expect, test } from 'vitest';
import { intentionChange } from './intention-change.ts';

const options = { signal: new AbortController().signal };

/** An agent that has this entry, as a plan to delete it shows it. */
function meshWith(before?: JsonObject): MeshClient {
  const changes = before === undefined ? [] : [{ kind: 'service-intentions', name: 'db', before }];
  const plan = async (): Promise<unknown> => create(PlanResponseSchema, { changes });
  return { changes: { plan } } as unknown as MeshClient;
}

const entry = {
  Kind: 'service-intentions',
  Name: 'db',
  Meta: { owner: 'data' },
  ModifyIndex: 12,
  Sources: [
    { Name: 'web', Action: 'allow', Description: 'kept', Precedence: 9 },
    { Name: '*', Permissions: [{ Action: 'deny' }] },
  ],
};

test('one source changes, and the rest of the entry stays as it is', async () => {
  const write = { kind: 'intention', source: 'web', destination: 'db', effect: 'deny' } as const;
  const { entries } = await intentionChange(meshWith(entry), write, options);
  expect(entries.map((each) => each.entry)).toEqual([
    {
      Kind: 'service-intentions',
      Name: 'db',
      Meta: { owner: 'data' },
      Sources: [
        { Name: 'web', Action: 'deny', Description: 'kept' },
        { Name: '*', Permissions: [{ Action: 'deny' }] },
      ],
    },
  ]);
});

test('an action takes the place of permissions', async () => {
  const write = { kind: 'intention', source: '*', destination: 'db', effect: 'allow' } as const;
  const { entries } = await intentionChange(meshWith(entry), write, options);
  expect(entries[0]?.entry?.['Sources']).toEqual([
    entry.Sources[0],
    { Name: '*', Action: 'allow' },
  ]);
});

test('where there is no entry it is made', async () => {
  const write = { kind: 'intention', source: 'web', destination: 'db', effect: 'allow' } as const;
  const { entries } = await intentionChange(meshWith(), write, options);
  expect(entries[0]?.entry).toEqual({
    Kind: 'service-intentions',
    Name: 'db',
    Sources: [{ Name: 'web', Action: 'allow' }],
  });
});

test('the last intention takes its entry with it; where there is none nothing is changed', async () => {
  const write = { kind: 'intention', source: 'web', destination: 'db', effect: 'delete' } as const;
  const single = { ...entry, Sources: [entry.Sources[0] ?? {}] };
  const gone = await intentionChange(meshWith(single), write, options);
  expect(gone).toMatchObject({
    entries: [],
    deletions: [{ kind: 'service-intentions', name: 'db' }],
  });
  const nothing = await intentionChange(meshWith(), write, options);
  expect(nothing).toMatchObject({ entries: [], deletions: [] });
});
