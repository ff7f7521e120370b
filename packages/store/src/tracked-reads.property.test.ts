import fc from 'fast-check';
import { test } from 'vitest';
import { type Operation, put, remove } from './index.ts';
import { args, reads, tables } from './testing/items.ts';
import { ModelledStore, type Step } from './testing/modelled-store.ts';

const operation: fc.Arbitrary<Operation> = fc
  .record({
    table: fc.constantFrom(...tables),
    key: fc.constantFrom('a', 'b', 'c', 'd'),
    n: fc.option(fc.nat(4)),
    groups: fc.uniqueArray(fc.constantFrom(...args), { maxLength: 2 }),
  })
  .map(({ table, key, n, groups }) =>
    n === null ? remove(table, key) : put(table, { key, n, groups }),
  );
const target = fc.nat(reads.length - 1);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('commit' as const),
      operations: fc.array(operation, { minLength: 1, maxLength: 3 }),
      fails: fc.constant(false),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('commit' as const),
      operations: fc.array(operation, { minLength: 1, maxLength: 3 }),
      fails: fc.constant(true),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constantFrom('watch' as const, 'unwatch' as const, 'wait' as const, 'read' as const),
      target,
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('restart' as const, 'plan' as const) }) },
);

test('tracked reads are what full recomputation gives, under any bound, and no change goes unnoticed', async () => {
  const bounds = fc.record({
    idle: fc.constantFrom(0, 2, 1000),
    touched: fc.constantFrom(0, 3, 1000),
  });
  await fc.assert(
    fc.asyncProperty(
      bounds,
      fc.array(step, { maxLength: 25 }),
      async ({ idle, touched }, steps) => {
        const store = new ModelledStore(idle, touched);
        await store.open();
        for (const one of steps) await store.take(one);
        await store.checkReplay();
        await store.close();
      },
    ),
    { numRuns: 150 },
  );
}, 60_000);
