import { catalogTables } from '@chancery/catalog';
import { configEntryTables, putConfigEntry } from '@chancery/config-entries';
import { decodeConfigEntry } from '@chancery/model';
import { memoryJournal, openStore, type Store } from '@chancery/store';
import type { Assertion } from '@chancery/verify';
import { expect, test } from 'vitest';
import { verifyMesh } from './verify-mesh.ts';

const { signal } = new AbortController();
const by = { principal: { name: 'test' } };
const config = { datacenter: 'dc1', defaultIntentionPolicy: 'allow' } as const;
const never: Assertion = {
  position: 'rules.hcl:1:1',
  claim: { kind: 'never', source: 'web', destination: 'db' },
  transitive: false,
};

function denial(protocol = 'tcp'): object {
  return {
    Kind: 'service-intentions',
    Name: 'db',
    Sources:
      protocol === 'tcp'
        ? [{ Name: 'web', Action: 'deny' }]
        : [{ Name: 'web', Permissions: [{ Action: 'deny', HTTP: { PathPrefix: '/' } }] }],
  };
}

async function openMesh(): Promise<Store> {
  const tables = [...catalogTables, ...configEntryTables];
  const store = await openStore({ tables, journal: memoryJournal(), now: () => 0 });
  for (const Name of ['web', 'db']) {
    const decoded = decodeConfigEntry(
      { Kind: 'service-defaults', Name, Protocol: 'tcp' },
      { casing: 'http' },
    );
    if (!decoded.ok) throw new Error('not decoded');
    await store.commit(putConfigEntry, { entry: decoded.value, datacenter: 'dc1' }, by);
  }
  return store;
}

function change(entry: object) {
  return { entries: [{ entry, origin: 'deny.hcl' }], deletions: [], prune: false };
}

test('the mesh is held to assertions as it is and, with a change, as it would be, and stays as it is', async () => {
  await using store = await openMesh();
  const verify = verifyMesh({ store, config });
  const { revision } = store.view;
  const before = await verify([never], undefined, signal);
  const after = await verify([never], change(denial()), signal);
  expect([before, after]).toMatchObject([
    { ok: true, value: { revision, results: [{ holds: false }] } },
    { ok: true, value: { revision, results: [{ holds: true }] } },
  ]);
  expect(await verify([never], undefined, signal)).toEqual(before);
  expect(store.view.revision).toBe(revision);
});

test('a change that could not be made is refused with where it comes from', async () => {
  await using store = await openMesh();
  const verify = verifyMesh({ store, config });
  expect(
    await verify([never], change({ Kind: 'service-intention', Name: 'db' }), signal),
  ).toMatchObject({
    ok: false,
    refusal: { code: 'invalid', message: expect.stringContaining('deny.hcl: ') },
  });
  expect(await verify([never], change(denial('http')), signal)).toMatchObject({
    ok: false,
    refusal: { code: 'conflict', message: expect.stringContaining('deny.hcl: ') },
  });
});

test('what takes long leaves others a turn in between', async () => {
  await using store = await openMesh();
  let turns = 0;
  const count = (): void => {
    turns += 1;
    if (turns < 1000) setImmediate(count);
  };
  setImmediate(count);
  const verify = verifyMesh({ store, config, sliceMs: 0 });
  const verified = await verify([never, never, never], undefined, signal);
  expect(verified.ok && verified.value.results).toHaveLength(3);
  expect(turns).toBeGreaterThanOrEqual(2);
});

test('what nobody waits for any more is given up', async () => {
  await using store = await openMesh();
  const verify = verifyMesh({ store, config, sliceMs: 0 });
  const gone = AbortSignal.abort();
  await expect(verify([never, never], undefined, gone)).rejects.toThrow('aborted');
});
