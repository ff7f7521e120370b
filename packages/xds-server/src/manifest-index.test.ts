import { typeUrls } from '@chancery/envoy-api';
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
