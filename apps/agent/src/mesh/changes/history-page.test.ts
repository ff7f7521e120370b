import { registerCheck } from '@chancery/catalog';
import type { HistoryQuestion } from '@chancery/mesh-api';
import { telling } from '@chancery/plan';
import { type Command, commit, defineTable, memoryJournal, openStore, put } from '@chancery/store';
import { expect, test } from 'vitest';
import { byTest, type PlannedMesh, plannedMesh } from '../../testing/planned-mesh.ts';
import { defaults, intention, write } from '../../testing/written-entries.ts';
import { historyPage } from './history-page.ts';

async function revisionsOf(mesh: PlannedMesh, question: Partial<HistoryQuestion> = {}) {
  const page = await mesh.changes.history({ limit: 100, ...question });
  return {
    revisions: page.items.map(({ revision }) => revision),
    more: page.more,
    floor: page.floor,
  };
}

test('the history is told newest first, in pages, by kind and by name', async () => {
  using mesh = await plannedMesh();
  await mesh.register('db');
  const first = await write(mesh, defaults('web', 'http'));
  const second = await write(mesh, intention('db', 'deny'), { ...byTest, reason: 'ticket 7' });
  const third = await write(mesh, defaults('api', 'grpc'));
  expect(await revisionsOf(mesh, { limit: 2 })).toMatchObject({
    revisions: [third, second],
    more: true,
  });
  expect((await revisionsOf(mesh, { limit: 2, before: second })).revisions[0]).toBe(first);
  expect((await revisionsOf(mesh, { kind: 'service-defaults' })).revisions).toEqual([third, first]);
  expect((await revisionsOf(mesh, { kind: 'service-defaults', name: 'web' })).revisions).toEqual([
    first,
  ]);
  expect((await revisionsOf(mesh, { kind: 'service', name: 'db' })).revisions).toHaveLength(1);
  const { items } = await mesh.changes.history({ limit: 1, kind: 'service-intentions' });
  expect(items).toMatchObject([
    {
      at: 1000,
      by: 'ann',
      reason: 'ticket 7',
      via: 'test',
      changes: [{ name: 'db', action: 'create' }],
    },
  ]);
});

test('before a revision that is far from coming there is what there is', async () => {
  using mesh = await plannedMesh();
  const first = await write(mesh, defaults('web', 'http'));
  for (const before of [first + 1, first + 5000, 2 ** 53, 2 ** 64]) {
    const { revisions } = await revisionsOf(mesh, { kind: 'service-defaults', before });
    expect(revisions).toEqual([first]);
  }
});

test('a long history is read to its end', async () => {
  using mesh = await plannedMesh();
  const written: number[] = [];
  for (let at = 0; at < 700; at += 1)
    written.push(await write(mesh, defaults('web', at % 2 ? 'tcp' : 'http')));
  const { revisions, more } = await revisionsOf(mesh, { limit: 1000, kind: 'service-defaults' });
  expect([revisions, more]).toEqual([written.toReversed(), false]);
});

test('rows of every declared table are told, and none that is observed or secret', async () => {
  const tables = (['declared', 'observed', 'secret'] as const).map((kind) =>
    defineTable<{ readonly id: string }>({ name: `${kind}Rows`, kind, key: ({ id }) => id }),
  );
  await using store = await openStore({
    tables: [...tables],
    journal: memoryJournal(),
    now: () => 1,
  });
  const all: Command<undefined, void> = () =>
    commit(
      tables.map((table) => put(table, { id: 'x' })),
      undefined,
    );
  await store.commit(all, undefined, byTest);
  const { items } = await historyPage(store, { limit: 10 }, telling([]));
  expect(items.map(({ changes }) => changes.map(({ kind, name }) => `${kind}/${name}`))).toEqual([
    ['declaredRows/x'],
  ]);
});

test('what a check sends is not told', async () => {
  using mesh = await plannedMesh();
  const check = {
    checkId: 'up',
    name: 'up',
    notes: '',
    initialStatus: 'critical',
    probe: {
      kind: 'http',
      url: 'http://user:hunter2@127.0.0.1/health?token=hunter2',
      method: 'GET',
      headers: { Authorization: ['hunter2'] },
      body: 'hunter2',
      intervalMs: 1000,
    },
  } as const;
  await mesh.store.commit(registerCheck, { node: 'n1', serviceId: '', check }, byTest);
  const changed = { ...check, probe: { ...check.probe, body: 'hunter2!' } };
  await mesh.store.commit(registerCheck, { node: 'n1', serviceId: '', check: changed }, byTest);
  const { items } = await mesh.changes.history({ limit: 2, kind: 'check' });
  expect(JSON.stringify(items)).not.toContain('hunter2');
  expect(items[0]?.changes).toMatchObject([
    {
      kind: 'check',
      name: 'up',
      fields: [{ path: 'Body', before: '[hidden]', after: '[hidden]' }],
    },
  ]);
  expect(items).toHaveLength(2);
});
