import { typeUrls } from '@chancery/envoy-api';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { changedNames, EMPTY_TYPE, indexManifest } from './manifest-index.ts';
import { resource } from './testing/script.ts';

const web = resource('cluster', 'web', 'a');
const leaf = resource('secret', 'leaf', 'a');

test('a type of which nothing changed stays the same object, even if its resources are new objects', () => {
  const before = indexManifest({ revision: 1, resources: [web, leaf] }, undefined);
  const resources = [resource('cluster', 'web', 'a'), resource('secret', 'leaf', 'b')];
  const after = indexManifest({ revision: 2, resources }, before);
  expect(after.revision).toBe(2);
  expect(after.types.get(typeUrls.cluster)).toBe(before.types.get(typeUrls.cluster));
  expect(after.types.get(typeUrls.secret)).not.toBe(before.types.get(typeUrls.secret));
});

test('a resource waits for what it requires, and that shows as a change', () => {
  const listener = resource('listener', 'in', 'a <- secret/leaf');
  const before = indexManifest({ revision: 1, resources: [listener] }, undefined);
  const waiting = before.types.get(typeUrls.listener) ?? EMPTY_TYPE;
  expect([waiting.resources.size, [...waiting.withheld]]).toEqual([0, ['in']]);
  const after = indexManifest({ revision: 2, resources: [listener, leaf] }, before);
  const there = after.types.get(typeUrls.listener) ?? EMPTY_TYPE;
  expect(there.resources.get('in')).toBe(listener);
  expect(changedNames(waiting, there)).toEqual(['in']);
  expect(changedNames(there, EMPTY_TYPE)).toEqual(['in']);
});

type Entry = readonly [type: 'cluster' | 'secret' | 'listener', name: string, text: string];

const entry: fc.Arbitrary<Entry> = fc.tuple(
  fc.constantFrom('cluster', 'secret', 'listener'),
  fc.constantFrom('a', 'b'),
  // The same content may come to require something else.
  fc.constantFrom('1', '2', '1 <- secret/a', '1 <- secret/b', '2 <- cluster/a'),
);
const edit = fc.record({ at: fc.nat(), entry, kept: fc.boolean() });

/** A manifest and what becomes of it by replacing one entry at a time, in content or altogether. */
const manifests: fc.Arbitrary<readonly (readonly Entry[])[]> = fc
  .tuple(fc.array(entry, { minLength: 3, maxLength: 6 }), fc.array(edit, { maxLength: 10 }))
  .map(([first, edits]) => {
    const states: (readonly Entry[])[] = [first];
    for (const { at, entry: fresh, kept } of edits) {
      const before = states.at(-1) ?? [];
      const place = at % before.length;
      const [type, name] = (kept ? before[place] : undefined) ?? fresh;
      states.push(before.with(place, [type, name, fresh[2]]));
    }
    return states;
  });

function shapeOf({ types }: ReturnType<typeof indexManifest>) {
  const shapes = [...types].map(([url, { resources, withheld }]) => {
    const contents = [...resources].map(([name, { hash, requires }]) => [name, hash, requires]);
    return [url, { contents: contents.sort(), withheld: [...withheld].sort() }] as const;
  });
  return Object.fromEntries(shapes);
}

test('an index made from the one before is the index made anew', () => {
  fc.assert(
    fc.property(manifests, (states) => {
      const shared = new Map<string, ReturnType<typeof resource>>();
      let index: ReturnType<typeof indexManifest> | undefined;
      for (const [revision, state] of states.entries()) {
        const resources = state.map((content) => {
          const key = content.join();
          const one = shared.get(key) ?? resource(...content);
          shared.set(key, one);
          return one;
        });
        index = indexManifest({ revision, resources }, index);
        expect(shapeOf(index)).toEqual(shapeOf(indexManifest({ revision, resources }, undefined)));
      }
    }),
    { numRuns: 500 },
  );
});
