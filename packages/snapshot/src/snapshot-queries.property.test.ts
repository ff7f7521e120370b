import fc from 'fast-check';
import { expect, test } from 'vitest';
import { meshed, openSnapshotLab, type SnapshotLab } from './testing/snapshot-lab.ts';

const NAMES = ['a', 'b', 'c'] as const;
const SOURCES = [...NAMES, '*'] as const;

interface World {
  /** For each service its sidecar's port and whom it dials. */
  readonly services: readonly { name: string; upstreams: readonly string[] }[];
  readonly listening: readonly string[];
  readonly denied: readonly { source: string; destination: string }[];
}

const world: fc.Arbitrary<World> = fc.record({
  services: fc
    .subarray([...NAMES], { minLength: 1 })
    .chain((names) =>
      fc.tuple(
        ...names.map((name) =>
          fc.record({ name: fc.constant(name), upstreams: fc.subarray([...NAMES]) }),
        ),
      ),
    ),
  listening: fc.subarray([...NAMES]),
  denied: fc.uniqueArray(
    fc.record({ source: fc.constantFrom(...SOURCES), destination: fc.constantFrom(...SOURCES) }),
    { selector: ({ source, destination }) => `${source} ${destination}` },
  ),
});

type Change = (lab: SnapshotLab) => Promise<void>;

/** Ports are declared: those given out depend on the order by design. */
function declaration({ name, upstreams }: World['services'][number]): object {
  const ports = Object.fromEntries(
    upstreams.map((other) => [other, 9000 + NAMES.indexOf(other as 'a')]),
  );
  const declared = meshed(name, ports) as { connect: { sidecar_service: object } };
  const port = 20000 + NAMES.indexOf(name as 'a');
  return {
    ...declared,
    connect: { sidecar_service: { ...declared.connect.sidecar_service, port } },
  };
}

/** A verdict needs its check, so it comes with the registration; all else is free to come in any order. */
function changesOf({ services, listening, denied }: World): readonly Change[] {
  return [
    ...services.map(
      (service): Change =>
        async (lab) => {
          await lab.register(declaration(service));
          if (listening.includes(service.name)) await lab.listen(service.name, 'passing');
        },
    ),
    ...denied.map(
      ({ source, destination }): Change =>
        (lab) =>
          lab.deny(source, destination),
    ),
  ];
}

function snapshots(lab: SnapshotLab): unknown {
  return NAMES.map((name) => lab.of(name));
}

test('the order of commits does not change a snapshot, asked for meanwhile or not', async () => {
  const shuffled = world.chain((state) => {
    const order = changesOf(state).map((_, at) => at);
    const permutation = fc.shuffledSubarray(order, { minLength: order.length });
    return fc.record({ state: fc.constant(state), permutation, eager: fc.boolean() });
  });
  await fc.assert(
    fc.asyncProperty(shuffled, async ({ state, permutation, eager }) => {
      const changes = changesOf(state);
      const straight = await openSnapshotLab();
      for (const change of changes) await change(straight);
      const other = await openSnapshotLab();
      for (const at of permutation) {
        await changes[at]?.(other);
        if (eager) snapshots(other);
      }
      expect(snapshots(other)).toEqual(snapshots(straight));
    }),
    { numRuns: 80 },
  );
});
