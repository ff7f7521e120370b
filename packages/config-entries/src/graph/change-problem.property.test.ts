import type { ConfigEntry } from '@chancery/model';
import { type Command, commit, put } from '@chancery/store';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { configEntries } from '../index.ts';
import { contradictions, steps } from '../testing/arbitrary-entries.ts';
import { entryOf, type IntentionsLab, openIntentionsLab } from '../testing/intentions-lab.ts';

async function take(
  lab: IntentionsLab,
  { entry, isDeleted }: { entry: ConfigEntry; isDeleted: boolean },
) {
  const answer = isDeleted
    ? await lab.remove(configEntries.key(entry))
    : await lab.writeEntry(entry);
  return answer === 'fine';
}

test('no sequence of accepted writes leaves what the checks refuse', async () => {
  let accepted = 0;
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(steps, { minLength: 5, maxLength: 25 }), async (sequence) => {
      const lab = await openIntentionsLab();
      for (const step of sequence) {
        if (!(await take(lab, step))) refused += 1;
        else {
          accepted += 1;
          expect(contradictions(lab.store.view)).toEqual([]);
        }
      }
    }),
    { numRuns: 150 },
  );
  expect(Math.min(accepted, refused)).toBeGreaterThan(100);
});

const past: Command<ConfigEntry, undefined> = (_view, _principal, entry) =>
  commit([put(configEntries, entry)], undefined);

test('what is put past the checks is found by them', async () => {
  const lab = await openIntentionsLab();
  await lab.run(past, entryOf({ kind: 'service-splitter', name: 'a', splits: [{ weight: 100 }] }));
  expect(contradictions(lab.store.view)).toHaveLength(1);
});
