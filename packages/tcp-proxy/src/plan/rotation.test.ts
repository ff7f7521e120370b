import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Endpoint } from './resources.ts';
import { createRotation } from './rotation.ts';

function endpoints(weights: readonly number[]): readonly Endpoint[] {
  return weights.map((weight, port) => ({
    weight,
    place: { kind: 'tcp', host: '10.0.0.1', port },
  }));
}

function picks(policy: 'round-robin' | 'random', weights: readonly number[], count: number) {
  const list = endpoints(weights);
  let step = 0;
  const random = () => ((step++ % count) + 0.5) / count;
  const next = createRotation({ endpoints: list, policy }, random);
  const counts = weights.map(() => 0);
  for (let turn = 0; turn < count; turn += 1) {
    const picked = next();
    const at = picked === undefined ? -1 : list.indexOf(picked);
    counts[at] = (counts[at] ?? 0) + 1;
  }
  return counts;
}

test('each endpoint is picked exactly as often as it weighs', () => {
  const weights = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(weights, fc.constantFrom('round-robin', 'random'), (list, policy) => {
      const total = list.reduce((sum, weight) => sum + weight, 0);
      expect(picks(policy, list, total)).toEqual(list);
    }),
  );
});

test('turns are mixed, so that a heavy endpoint is not picked many times in a row', () => {
  const list = endpoints([3, 1]);
  const next = createRotation({ endpoints: list, policy: 'round-robin' }, () => 0);
  const order = Array.from({ length: 4 }, () => picked(list, next()));
  expect(order).toEqual([0, 0, 1, 0]);
});

function picked(list: readonly Endpoint[], endpoint: Endpoint | undefined): number {
  return endpoint === undefined ? -1 : list.indexOf(endpoint);
}

test('a draw that rounding takes to the very end is one of the endpoints', () => {
  const list = endpoints([1, 1, 1]);
  expect(createRotation({ endpoints: list, policy: 'random' }, () => 1)()).toBe(list[2]);
});

test('among nobody nobody is picked', () => {
  for (const policy of ['round-robin', 'random'] as const) {
    expect(createRotation({ endpoints: [], policy }, () => 0)()).toBeUndefined();
  }
});
