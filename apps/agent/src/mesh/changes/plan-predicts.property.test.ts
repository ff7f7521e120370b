import type { Plan } from '@chancery/plan';
import type { Manifest } from '@chancery/xds-server';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  byTest,
  changeOf,
  granted,
  plannedMesh,
  resourceLine,
} from '../../testing/planned-mesh.ts';

const names = ['web', 'api', 'db'] as const;
const name = fc.constantFrom(...names);
const party = fc.constantFrom(...names, '*', 'stranger');

const intentions = fc.record({
  Kind: fc.constant('service-intentions'),
  Name: party,
  Sources: fc.uniqueArray(fc.record({ Name: party, Action: fc.constantFrom('allow', 'deny') }), {
    minLength: 1,
    maxLength: 3,
    selector: (source) => source.Name,
  }),
});
const defaults = fc.record({
  Kind: fc.constant('service-defaults'),
  Name: name,
  Protocol: fc.constantFrom('tcp', 'http', 'grpc'),
});
const everything = fc.record({
  Kind: fc.constant('proxy-defaults'),
  Name: fc.constant('global'),
  AccessLogs: fc.record({ Enabled: fc.boolean() }),
});
const splitter = fc.record({
  Kind: fc.constant('service-splitter'),
  Name: name,
  Splits: fc.constant([{ Weight: 100 }]),
});
const entry = fc.oneof(
  { weight: 4, arbitrary: intentions as fc.Arbitrary<{ Kind: string; Name: string }> },
  { weight: 1, arbitrary: defaults },
  { weight: 1, arbitrary: everything },
  { weight: 1, arbitrary: splitter },
);
const entries = fc.uniqueArray(entry, {
  maxLength: 4,
  selector: ({ Kind, Name }) => `${Kind}/${Name}`,
});

const change = fc.record({
  written: entries,
  deleted: fc.array(entry, { maxLength: 2 }),
  prune: fc.integer({ min: 0, max: 5 }).map((one) => one === 0),
});

type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

function requested({ written, deleted, prune }: Change) {
  const kept = new Set(written.map(({ Kind, Name }) => `${Kind}/${Name}`));
  const deletions = deleted
    .map(({ Kind, Name }) => `${Kind}/${Name}`)
    .filter((key) => !kept.has(key));
  return changeOf(written, { deletions, prune: prune && written.length > 0 });
}

/** What a plan says each proxy will have that it has not, or have no more. */
function predicted({ proxies }: Plan): readonly string[] {
  return proxies
    .flatMap(({ proxyId, resources }) =>
      resources.map((resource) => resourceLine(proxyId, resource, resource.versionAfter)),
    )
    .sort();
}

/** What each proxy has that it had not, or has no more. */
function pushed(
  before: ReadonlyMap<string, Manifest>,
  after: ReadonlyMap<string, Manifest>,
): readonly string[] {
  return [...after]
    .flatMap(([proxyId, manifest]) => {
      const had = contents(before.get(proxyId));
      const has = contents(manifest);
      const fresh = [...has].filter(([key, { hash }]) => had.get(key)?.hash !== hash);
      const gone = [...had].filter(([key]) => !has.has(key));
      return [
        ...fresh.map(([, resource]) => resourceLine(proxyId, resource, resource.hash)),
        ...gone.map(([, resource]) => resourceLine(proxyId, resource, undefined)),
      ];
    })
    .sort();
}

function contents(manifest: Manifest | undefined) {
  return new Map(
    (manifest?.resources ?? []).map((resource) => [
      `${resource.typeUrl} ${resource.name}`,
      resource,
    ]),
  );
}

async function meshOfThree() {
  const mesh = await plannedMesh();
  await mesh.register('db');
  await mesh.register('api', ['db']);
  await mesh.register('web', ['api', 'db']);
  await mesh.settled();
  return mesh;
}

test('a plan predicts each resource that is published for each proxy, and no other; the same again is nothing', async () => {
  let made = 0;
  let published = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 2, maxLength: 5 }), async (sequence) => {
      using mesh = await meshOfThree();
      for (const each of sequence) {
        const plan = await mesh.changes.plan(requested(each));
        const before = new Map(mesh.published);
        const { revision } = mesh.store.view;
        const applied = await mesh.changes.apply(requested(each), {
          ...byTest,
          ...(plan.ok && { expectedDigest: plan.value.digest }),
        });
        await mesh.settled();
        expect(applied.ok).toBe(plan.ok);
        if (!plan.ok) {
          expect(mesh.store.view.revision).toBe(revision);
          continue;
        }
        const lines = predicted(plan.value);
        expect(pushed(before, mesh.published)).toEqual(lines);
        expect(granted(applied).changes).toEqual(plan.value.changes);
        made += 1;
        published += lines.length;
        await expectNothingMore(mesh, each);
      }
    }),
    { numRuns: 60 },
  );
  expect(Math.min(made, published)).toBeGreaterThan(50);
});

async function expectNothingMore(
  mesh: Awaited<ReturnType<typeof meshOfThree>>,
  again: Change,
): Promise<void> {
  const { revision } = mesh.store.view;
  const publications = mesh.publications();
  const plan = granted(await mesh.changes.plan(requested(again)));
  expect([plan.changes, plan.flips, plan.proxies]).toEqual([[], [], []]);
  const applied = granted(await mesh.changes.apply(requested(again), byTest));
  await mesh.settled();
  expect(applied.changes).toEqual([]);
  // What is there may have been written before the newest change of something else.
  expect(applied.revision).toBeLessThanOrEqual(revision);
  expect(mesh.store.view.revision).toBe(revision);
  expect(mesh.publications()).toBe(publications);
}

test('going back to any revision gives every proxy the bytes that it had then', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(change, { minLength: 2, maxLength: 5 }),
      fc.nat(),
      async (sequence, pick) => {
        using mesh = await meshOfThree();
        const states = [{ revision: mesh.store.view.revision, bodies: bodiesOf(mesh.published) }];
        for (const each of sequence) {
          await mesh.changes.apply(requested(each), byTest);
          await mesh.settled();
          states.push({ revision: mesh.store.view.revision, bodies: bodiesOf(mesh.published) });
        }
        const former = states[pick % states.length];
        if (former === undefined) throw new Error('there is a state at least');
        const plan = granted(await mesh.changes.planRollback(former.revision));
        const before = new Map(mesh.published);
        const expectedDigest = plan.digest;
        granted(await mesh.changes.rollback(former.revision, { ...byTest, expectedDigest }));
        await mesh.settled();
        expect(pushed(before, mesh.published)).toEqual(predicted(plan));
        expect(bodiesOf(mesh.published)).toEqual(former.bodies);
      },
    ),
    { numRuns: 60 },
  );
});

function bodiesOf(published: ReadonlyMap<string, Manifest>): readonly string[] {
  return [...published]
    .flatMap(([proxyId, { resources }]) =>
      resources.map(
        ({ typeUrl, name: called, body }) =>
          `${proxyId} ${typeUrl} ${called} ${Buffer.from(body).toString('hex')}`,
      ),
    )
    .sort();
}
