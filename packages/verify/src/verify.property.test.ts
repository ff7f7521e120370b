import { decide, type Intention, type IntentionAction, rulesFor } from '@chancery/intentions';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { meshWith } from './testing/mesh-of-names.ts';
import type { Assertion, Claim } from './verification.ts';
import { verify } from './verify.ts';

const names = ['a', 'b', 'c', 'd'] as const;
/** In no intention and in no catalog: what `*` stands for beside the services that exist. */
const stranger = 'stranger';

const action = fc.constantFrom<IntentionAction>('allow', 'deny');
const end = fc.constantFrom(...names, '*');
const meshes = fc.record({
  services: fc.subarray([...names], { minLength: 2 }),
  defaultAction: action,
  intentions: fc.uniqueArray(fc.record({ source: end, destination: end, action }), {
    selector: ({ source, destination }) => `${source} ${destination}`,
    maxLength: 8,
  }),
});
type RandomMesh = typeof meshes extends fc.Arbitrary<infer T> ? T : never;

/** Where a source may connect to, one step at a time: as slow as it is plain. */
function reached(
  { services, intentions, defaultAction }: RandomMesh,
  source: string,
  transitive: boolean,
): ReadonlySet<string> {
  const allowed = (from: string, to: string): boolean =>
    decide(rulesFor(to, intentions as readonly Intention[], defaultAction), from).allowed;
  const ends = [...services, stranger];
  const found = new Set(ends.filter((to) => allowed(source, to)));
  for (let round = 0; transitive && round < services.length; round += 1) {
    for (const from of [...found].filter((name) => services.includes(name as 'a'))) {
      for (const to of ends) if (allowed(from, to)) found.add(to);
    }
  }
  return found;
}

async function holds(mesh: RandomMesh, claim: Claim, transitive: boolean): Promise<boolean> {
  const { services, intentions, defaultAction } = mesh;
  const texts = intentions.map((each) => `${each.source} => ${each.destination} (${each.action})`);
  const view = await meshWith({ services, intentions: texts });
  const assertion: Assertion = { position: 'here', claim, transitive };
  const result = verify(view, [assertion], { defaultAction }).results[0];
  // What breaks an assertion is told, and of what holds nothing is.
  expect(result?.counterexamples.length === 0).toBe(result?.holds);
  return result?.holds === true;
}

const cases = fc.record({
  mesh: meshes,
  transitive: fc.boolean(),
  pick: fc.nat(100),
  other: fc.nat(100),
});

test('never and reachable of two services hold as a search step by step says', async () => {
  await fc.assert(
    fc.asyncProperty(cases, async ({ mesh, transitive, pick, other }) => {
      const source = mesh.services[pick % mesh.services.length] ?? '';
      const destination = mesh.services[other % mesh.services.length] ?? '';
      const isReached = reached(mesh, source, transitive).has(destination);
      expect(await holds(mesh, { kind: 'never', source, destination }, transitive)).toBe(
        !isReached,
      );
      expect(await holds(mesh, { kind: 'reachable', source, destination }, transitive)).toBe(
        isReached,
      );
    }),
  );
});

test('to any destination is to each of them and to one that no intention names', async () => {
  await fc.assert(
    fc.asyncProperty(cases, async ({ mesh, transitive, pick }) => {
      const source = mesh.services[pick % mesh.services.length] ?? '';
      const found = reached(mesh, source, transitive);
      const others = [...mesh.services, stranger].filter((name) => name !== source);
      const pair = { source, destination: '*' };
      const isNever = others.every((name) => !found.has(name));
      expect(await holds(mesh, { kind: 'never', ...pair }, transitive)).toBe(isNever);
      const isAlways = others.every((name) => found.has(name));
      expect(await holds(mesh, { kind: 'reachable', ...pair }, transitive)).toBe(isAlways);
    }),
  );
});

test('only holds exactly if nobody else gets there, be it registered, named by an intention or neither', async () => {
  await fc.assert(
    fc.asyncProperty(cases, async ({ mesh, transitive, pick, other }) => {
      const destination = mesh.services[pick % mesh.services.length] ?? '';
      const friend = mesh.services[other % mesh.services.length] ?? '';
      const strangers = [...names, stranger].filter(
        (name) => name !== destination && name !== friend,
      );
      const isOnly = strangers.every((name) => !reached(mesh, name, transitive).has(destination));
      const claim: Claim = { kind: 'only', sources: [friend], destination };
      expect(await holds(mesh, claim, transitive)).toBe(isOnly);
    }),
  );
});

test('when all intentions go that are called redundant nothing changes, and with those called shadowed nothing between services that exist', async () => {
  await fc.assert(
    fc.asyncProperty(meshes, async (mesh) => {
      const { services, intentions, defaultAction } = mesh;
      const text = (each: (typeof intentions)[number]) =>
        `${each.source} => ${each.destination} (${each.action})`;
      const view = await meshWith({ services, intentions: intentions.map(text) });
      const { findings } = verify(view, [], { defaultAction });
      const unchanged = (
        gone: readonly string[],
        sources: readonly string[],
        ends: Set<string>,
      ) => {
        const rest = intentions.filter((each) => !gone.includes(text(each)));
        for (const source of sources) {
          const isOther = (to: string): boolean => to !== source && ends.has(to);
          const after = reached({ ...mesh, intentions: rest }, source, false);
          expect([...after].filter(isOther)).toEqual(
            [...reached(mesh, source, false)].filter(isOther),
          );
        }
      };
      const named = (...kinds: readonly string[]): readonly string[] =>
        findings.filter(({ kind }) => kinds.includes(kind)).map(({ intention }) => intention);
      unchanged(named('redundant'), [...names, stranger], new Set([...services, stranger]));
      unchanged(named('redundant', 'shadowed'), services, new Set<string>(services));
    }),
    { numRuns: 400 },
  );
});
