import fc from 'fast-check';
import { expect, test } from 'vitest';
import { changeConfigEntries, configEntries, type EntriesChange } from '../index.ts';
import { contradictions, steps } from '../testing/arbitrary-entries.ts';
import { datacenter, openIntentionsLab } from '../testing/intentions-lab.ts';

const by = { principal: { name: 'test' } };

/** Changes of several entries, each of which is there once. */
const changes = fc.record({
  steps: fc.uniqueArray(steps, {
    minLength: 1,
    maxLength: 6,
    selector: ({ entry }) => configEntries.key(entry),
  }),
  prune: fc.integer({ min: 0, max: 9 }).map((one) => one === 0),
});

type Change = typeof changes extends fc.Arbitrary<infer T> ? T : never;

function asInput(change: Change): EntriesChange {
  const written = change.steps.filter(({ isDeleted }) => !isDeleted);
  const deleted = change.steps.filter(({ isDeleted }) => isDeleted);
  return {
    entries: written.map(({ entry }) => ({ entry, origin: configEntries.key(entry) })),
    deletions: deleted.map(({ entry: { kind, name } }) => ({ kind, name })),
    prune: change.prune,
    datacenter,
  };
}

test('no sequence of accepted changes leaves what the checks refuse, and each is at most one revision', async () => {
  let accepted = 0;
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(changes, { minLength: 3, maxLength: 8 }), async (sequence) => {
      const { store } = await openIntentionsLab();
      for (const change of sequence) {
        const { revision } = store.view;
        const committed = await store.commit(changeConfigEntries, asInput(change), by);
        if (committed.ok) accepted += 1;
        else refused += 1;
        expect(store.view.revision - revision).toBeLessThanOrEqual(committed.ok ? 1 : 0);
        expect(contradictions(store.view)).toEqual([]);
        if (!committed.ok) continue;
        const again = await store.commit(changeConfigEntries, asInput(change), by);
        expect(again).toMatchObject({ ok: true, result: { written: [], deleted: [] } });
      }
    }),
    { numRuns: 100 },
  );
  expect(Math.min(accepted, refused)).toBeGreaterThan(50);
});

test('the order in which entries are given decides nothing', async () => {
  const shuffled = fc
    .tuple(changes, changes)
    .chain(([first, second]) =>
      fc.tuple(
        fc.constant(first),
        fc.constant(second),
        fc.shuffledSubarray(second.steps, { minLength: second.steps.length }),
      ),
    );
  await fc.assert(
    fc.asyncProperty(shuffled, async ([first, second, order]) => {
      const [straight, other] = [await openIntentionsLab(), await openIntentionsLab()];
      for (const lab of [straight, other]) {
        await lab.store.commit(changeConfigEntries, asInput(first), by);
      }
      const one = await straight.store.commit(changeConfigEntries, asInput(second), by);
      const turned = asInput({ ...second, steps: order });
      const two = await other.store.commit(changeConfigEntries, turned, by);
      expect(two.ok).toBe(one.ok);
      expect(other.store.view.all(configEntries)).toEqual(straight.store.view.all(configEntries));
    }),
    { numRuns: 100 },
  );
});
