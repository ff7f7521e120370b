import { upsertIntention } from '@chancery/config-entries';
import type { HistoryQuestion } from '@chancery/mesh-api';
import { expect, test } from 'vitest';
import {
  byTest,
  changeOf,
  granted,
  type PlannedMesh,
  plannedMesh,
} from '../testing/planned-mesh.ts';
import { defaults, intention, write, writeAtOnce } from '../testing/written-entries.ts';

function message(outcome: {
  readonly ok: boolean;
  readonly refusal?: { readonly message: string };
}) {
  return outcome.refusal?.message;
}

test('a plan that nobody waits for any more is not made', async () => {
  using mesh = await plannedMesh();
  await expect(
    mesh.changes.plan(changeOf([intention('db', 'deny')]), AbortSignal.abort()),
  ).rejects.toThrow('aborted');
});

test('a plan is made on what there is when its turn comes, not on what was there when it was asked for', async () => {
  using mesh = await plannedMesh();
  await mesh.register('db');
  const asked = mesh.changes.plan(changeOf([intention('db', 'deny')]));
  const revision = await writeAtOnce(mesh, defaults('web', 'http'));
  expect(granted(await asked).revision).toBe(revision);
});

test('a change is made as it was planned, or not at all', async () => {
  using mesh = await plannedMesh();
  await mesh.register('db');
  const deny = changeOf([intention('db', 'deny')]);
  const { digest } = granted(await mesh.changes.plan(deny));
  await write(mesh, intention('*', 'allow'));
  const late = await mesh.changes.apply(deny, { ...byTest, expectedDigest: digest });
  expect(late).toMatchObject({ ok: false, refusal: { code: 'conflict' } });
  expect(message(late)).toBe('the mesh changed since the plan was made: plan again');
  const again = granted(await mesh.changes.plan(deny));
  const made = await mesh.changes.apply(deny, { ...byTest, expectedDigest: again.digest });
  expect(granted(made).changes).toEqual(again.changes);
});

test('what does not concern a change may happen between its plan and itself', async () => {
  using mesh = await plannedMesh();
  await mesh.register('db');
  const deny = changeOf([intention('db', 'deny')]);
  const { digest } = granted(await mesh.changes.plan(deny));
  await mesh.register('unconcerned');
  await write(mesh, defaults('web', 'http'));
  expect((await mesh.changes.apply(deny, { ...byTest, expectedDigest: digest })).ok).toBe(true);
});

test.each([
  [defaults('web', 'http'), true],
  [intention('*', 'allow'), false],
])(
  'what is committed while a change is being made counts as if it came before',
  async (other, isMade) => {
    using mesh = await plannedMesh();
    await mesh.register('db');
    const deny = changeOf([intention('db', 'deny')]);
    const { digest } = granted(await mesh.changes.plan(deny));
    const [made] = await Promise.all([
      mesh.changes.apply(deny, { ...byTest, expectedDigest: digest }),
      writeAtOnce(mesh, other),
    ]);
    expect(made.ok).toBe(isMade);
  },
);

test('every mistake is told with where it comes from', async () => {
  using mesh = await plannedMesh();
  const entries = [defaults('web', 'http'), { Kind: 'service-defaults', Nam: 'x' }, { Kind: 'y' }];
  const outcome = await mesh.changes.plan(changeOf(entries, { deletions: ['nothing/x'] }));
  const lines = message(outcome)?.split('\n') ?? [];
  expect(lines.map((line) => line.slice(0, line.indexOf(':')))).toEqual(
    expect.arrayContaining(['1.json', '2.json', 'deletions']),
  );
  expect(lines.some((line) => line.startsWith('0.json'))).toBe(false);
});

test('pruning without a single entry to keep is taken for a mistake', async () => {
  using mesh = await plannedMesh();
  await write(mesh, defaults('web', 'http'));
  expect(message(await mesh.changes.apply(changeOf([], { prune: true }), byTest))).toContain(
    'there is no entry to keep, so pruning would delete all',
  );
});

test('a deletion of what is not there is no change, and is warned of', async () => {
  using mesh = await plannedMesh();
  await write(mesh, defaults('web', 'http'));
  const deletions = ['service-defaults/web', 'service-defaults/wbe'];
  const { warnings, changes } = granted(await mesh.changes.plan(changeOf([], { deletions })));
  expect(warnings).toEqual(['there is no service-defaults/wbe to delete']);
  expect(changes).toHaveLength(1);
});

test('what has no effect is warned of with where it comes from', async () => {
  using mesh = await plannedMesh();
  const { warnings } = granted(await mesh.changes.plan(changeOf([defaults('web', 'http')])));
  expect(warnings).toEqual([expect.stringMatching(/^0\.json: .*has no effect/)]);
});

async function revisionsOf(mesh: PlannedMesh, question: Partial<HistoryQuestion> = {}) {
  const page = await mesh.changes.history({ limit: 100, ...question });
  return {
    revisions: page.items.map(({ revision }) => revision),
    more: page.more,
    floor: page.floor,
  };
}

test('two revisions differ in what came of all between, in either direction', async () => {
  using mesh = await plannedMesh();
  const first = await write(mesh, defaults('web', 'http'));
  await write(mesh, defaults('api', 'http'));
  await write(mesh, defaults('web', 'grpc'));
  const last = await write(mesh, defaults('api', 'tcp'));
  const there = granted(await mesh.changes.diff(first, last));
  expect(there.changes).toMatchObject([
    { name: 'api', action: 'create', after: { Protocol: 'tcp' } },
    {
      name: 'web',
      action: 'update',
      fields: [{ path: 'Protocol', before: 'http', after: 'grpc' }],
    },
  ]);
  expect(granted(await mesh.changes.diff(first, undefined))).toEqual(there);
  expect(granted(await mesh.changes.diff(last, first)).changes).toMatchObject([
    { name: 'api', action: 'delete' },
    { name: 'web', action: 'update', fields: [{ before: 'grpc', after: 'http' }] },
  ]);
  expect(granted(await mesh.changes.diff(last, last)).changes).toEqual([]);
});

test('beyond what is kept nothing is compared or taken back, and that is said by name', async () => {
  using mesh = await plannedMesh({ retention: 3 });
  const written: number[] = [];
  for (const name of ['a', 'b', 'c', 'd', 'e'])
    written.push(await write(mesh, defaults(name, 'http')));
  const [first = 0, second = 0] = written;
  const gone = `revision ${first} is no longer kept: the history goes back to revision ${second}`;
  for (const outcome of [
    await mesh.changes.diff(first, undefined),
    await mesh.changes.planRollback(first),
    await mesh.changes.rollback(first, byTest),
  ]) {
    expect(message(outcome)).toBe(gone);
  }
  expect((await mesh.changes.planRollback(second)).ok).toBe(true);
  const newest = mesh.store.view.revision;
  const none = `there is no revision 999: the newest is ${newest}`;
  expect(message(await mesh.changes.planRollback(999))).toBe(none);
  expect((await revisionsOf(mesh)).floor).toBe(second);
});

test('a way back takes back entries alone, and says what stays', async () => {
  using mesh = await plannedMesh();
  const before = await write(mesh, intention('db', 'allow'));
  await mesh.register('db');
  await write(mesh, intention('db', 'deny'));
  await write(mesh, defaults('web', 'http'));
  const plan = granted(await mesh.changes.planRollback(before));
  expect(plan.changes.map(({ kind, name, action }) => `${action} ${kind}/${name}`)).toEqual([
    'delete service-defaults/web',
    'update service-intentions/db',
  ]);
  expect(plan.flips).toMatchObject([{ source: 'web', destination: 'db', allowedAfter: true }]);
  expect(plan.warnings).toEqual([expect.stringContaining(`have changed since revision ${before}`)]);
  const by = { ...byTest, reason: 'it broke', expectedDigest: plan.digest };
  const made = granted(await mesh.changes.rollback(before, by));
  expect(made.changes).toEqual(plan.changes);
  const { items } = await mesh.changes.history({ limit: 1 });
  expect(items).toMatchObject([
    {
      revision: made.revision,
      by: 'ann',
      reason: 'it broke',
      via: `rollback to revision ${before}`,
    },
  ]);
  await mesh.settled();
  expect(mesh.published.has('db-sidecar-proxy')).toBe(true);
});

test('a way back is not made where something was changed since it was planned', async () => {
  using mesh = await plannedMesh();
  const before = await write(mesh, intention('db', 'allow'));
  await write(mesh, intention('db', 'deny'));
  const { digest } = granted(await mesh.changes.planRollback(before));
  await write(mesh, defaults('web', 'http'));
  const late = await mesh.changes.rollback(before, { ...byTest, expectedDigest: digest });
  expect(message(late)).toBe('the mesh changed since the plan was made: plan again');
});

test('an intention that ended by itself is told as such, and does not come back for good', async () => {
  let nowMs = 1000;
  using mesh = await plannedMesh({ now: () => nowMs });
  const ttl = { ms: 60_000, text: '1m' };
  const pair = { source: 'web', destination: 'db', action: 'allow' };
  const input = { ...pair, ttl, datacenter: 'dc1', nowMs: 1000 };
  const written = await mesh.store.commit(upsertIntention, input, byTest);
  if (!written.ok) throw new Error(written.refusal.message);
  const { items } = await mesh.changes.history({ limit: 1, kind: 'intention-deadline' });
  expect(items[0]?.changes).toMatchObject([
    { kind: 'service-intentions', name: 'db' },
    { kind: 'intention-deadline', name: 'web => db', after: { TTL: '1m', By: 'ann' } },
  ]);
  await mesh.changes.apply(changeOf([], { deletions: ['service-intentions/db'] }), byTest);
  const early = granted(await mesh.changes.planRollback(written.revision));
  nowMs = 61_000;
  const late = granted(await mesh.changes.planRollback(written.revision));
  const over = 'web => db was to hold until 1970-01-01T00:01:01.000Z: it ends again at once';
  expect([early.warnings, late.warnings]).toEqual([[], [over]]);
  const back = granted(await mesh.changes.rollback(written.revision, byTest));
  expect(back.changes.map(({ kind }) => kind)).toEqual([
    'service-intentions',
    'intention-deadline',
  ]);
});
