import { changeSteps, configEntries, type EntriesChange } from '@chancery/config-entries';
import { commit, type Decision, put, type View } from '@chancery/store';
import { expect, test } from 'vitest';
import { byTest, plannedMesh } from '../../testing/planned-mesh.ts';
import { defaults, writeAtOnce } from '../../testing/written-entries.ts';
import { commitDecided, type Decided, type Made } from './decided-change.ts';

const entry = { kind: 'service-defaults', name: 'made', protocol: 'grpc' } as never;
const decision = commit([put(configEntries, entry)], undefined);

// biome-ignore lint/correctness/useYield: there is no more to look at
function* settled({ decision: given }: Decided<unknown>): Generator<undefined, Decision<Made>> {
  return given.kind === 'refuse' ? given : { ...given, result: { changes: [] } };
}

test('what was decided ahead is committed as it is, and decided once', async () => {
  using mesh = await plannedMesh();
  const { view: before } = mesh.store;
  const views: View[] = [];
  function* command(view: View) {
    views.push(view);
    yield;
    return decision;
  }
  const meant = { command, input: undefined, settled };
  expect((await commitDecided(mesh.store, meant, byTest)).ok).toBe(true);
  expect(views).toEqual([before]);
  expect(mesh.store.view.get(configEntries, 'service-defaults/made')).toEqual(entry);
});

test('where the state moves on meanwhile it is decided upon what there is then, and in the end in one go', async () => {
  using mesh = await plannedMesh();
  const seen: number[] = [];
  function* command(view: View) {
    seen.push(view.revision);
    void writeAtOnce(mesh, defaults(`s${seen.length}`, 'http'));
    yield;
    return decision;
  }
  const meant = { command, input: undefined, settled };
  const committed = await commitDecided(mesh.store, meant, byTest);
  expect(committed.ok).toBe(true);
  // Three times ahead, and then upon what was there when it was committed.
  expect(seen.length).toBeGreaterThanOrEqual(4);
  expect(seen).toEqual(seen.toSorted((a, b) => a - b));
  expect(mesh.store.view.get(configEntries, 'service-defaults/made')).toEqual(entry);
});

test('a refusal of what was decided is told as it is', async () => {
  using mesh = await plannedMesh();
  const entries = ['a', 'b'].map((origin) => ({ entry, origin }));
  const input: EntriesChange = { entries, deletions: [], prune: false, datacenter: 'dc1' };
  const meant = { command: changeSteps, input, settled };
  expect(await commitDecided(mesh.store, meant, byTest)).toMatchObject({
    ok: false,
    refusal: { code: 'invalid', message: expect.stringContaining('is in a and in b') },
  });
});
