import { changeConfigEntries } from '@chancery/config-entries';
import { commit, type View } from '@chancery/store';
import { expect, test } from 'vitest';
import { byTest, plannedMesh } from '../../testing/planned-mesh.ts';
import { defaults, writeAtOnce } from '../../testing/written-entries.ts';
import { commitDecided, type Made } from './decided-change.ts';

const nothing = commit<Made>([], { changes: [] });

test('what was decided ahead is committed as it is, and decided once', async () => {
  using mesh = await plannedMesh();
  const views: View[] = [];
  function* decide(view: View) {
    views.push(view);
    yield;
    return nothing;
  }
  expect((await commitDecided(mesh.store, decide, byTest)).ok).toBe(true);
  expect(views).toEqual([mesh.store.view]);
});

test('where the state moves on meanwhile it is decided again, and in the end in one go', async () => {
  using mesh = await plannedMesh();
  const seen: number[] = [];
  const written: Promise<number>[] = [];
  function* decide(view: View) {
    seen.push(view.revision);
    if (written.length < 5) written.push(writeAtOnce(mesh, defaults(`s${written.length}`, 'http')));
    yield;
    return nothing;
  }
  expect((await commitDecided(mesh.store, decide, byTest)).ok).toBe(true);
  await Promise.all(written);
  const first = seen[0] ?? 0;
  // Three times ahead, and upon what was there when it was committed.
  expect(seen).toHaveLength(4);
  expect(seen.every((revision) => revision >= first)).toBe(true);
});

test('a refusal of what was decided is told as it is', async () => {
  using mesh = await plannedMesh();
  const change = { deletions: [], prune: false, datacenter: 'dc1' };
  const entry = { kind: 'service-defaults', name: 'x', protocol: 'http' } as never;
  const twice = ['a', 'b'].map((origin) => ({ entry, origin }));
  // biome-ignore lint/correctness/useYield: it is one step
  function* decide(view: View) {
    const decision = changeConfigEntries(view, byTest.principal, { ...change, entries: twice });
    return decision.kind === 'refuse' ? decision : nothing;
  }
  expect(await commitDecided(mesh.store, decide, byTest)).toMatchObject({
    ok: false,
    refusal: { code: 'invalid', message: expect.stringContaining('is in a and in b') },
  });
});
