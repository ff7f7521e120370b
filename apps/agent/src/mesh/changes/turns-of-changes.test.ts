import { expect, onTestFinished, test, vi } from 'vitest';
import {
  byTest,
  changeOf,
  granted,
  type PlannedMesh,
  plannedMesh,
} from '../../testing/planned-mesh.ts';
import { defaults, intention } from '../../testing/written-entries.ts';

const count = 100;

function many(action: string) {
  return changeOf(Array.from({ length: count }, (_, at) => intention(`s${at}`, action)));
}

/** How often others had their turn while something was done of which every step takes half of the time until then. */
async function turnsDuring(work: () => Promise<unknown>): Promise<number> {
  let now = 0;
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => {
    now += 5;
    return now;
  });
  onTestFinished(() => clock.mockRestore());
  let turns = 0;
  let isOver = false;
  const turn = (): void => {
    turns += 1;
    if (!isOver) setImmediate(turn);
  };
  setImmediate(turn);
  await work();
  isOver = true;
  clock.mockRestore();
  return turns;
}

/** Two changes, each of many entries; gives the revision before them and between them. */
async function changedTwice(mesh: PlannedMesh) {
  const before = mesh.store.view.revision;
  const between = granted(await mesh.changes.apply(many('allow'), byTest)).revision;
  granted(await mesh.changes.apply(many('deny'), byTest));
  return { before, between };
}

test('others have a turn while two revisions are compared that differ in much', async () => {
  using mesh = await plannedMesh();
  const { before, between } = await changedTwice(mesh);
  for (const from of [before, between]) {
    expect(await turnsDuring(() => mesh.changes.diff(from, undefined))).toBeGreaterThan(count / 2);
  }
});

test('others have a turn while a history is told in which one change is of many entries', async () => {
  using mesh = await plannedMesh();
  await changedTwice(mesh);
  const turns = await turnsDuring(() => mesh.changes.history({ limit: 1 }));
  expect(turns).toBeGreaterThan(count / 4);
});

test('others have a turn while a change of many entries is planned and made', async () => {
  using mesh = await plannedMesh();
  const planning = await turnsDuring(() => mesh.changes.plan(many('allow')));
  expect(planning).toBeGreaterThan(count / 2);
  const making = await turnsDuring(() => mesh.changes.apply(many('allow'), byTest));
  expect(making).toBeGreaterThan(count / 2);
});

test('others have a turn while the way back over many changes is looked for', async () => {
  using mesh = await plannedMesh();
  const { between } = await changedTwice(mesh);
  for (let at = 0; at < 3; at += 1) {
    await mesh.changes.apply(changeOf([defaults('web', at % 2 === 0 ? 'http' : 'tcp')]), byTest);
  }
  const turns = await turnsDuring(() => mesh.changes.planRollback(between));
  expect(turns).toBeGreaterThan(count);
});
