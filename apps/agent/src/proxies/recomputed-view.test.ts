import { defineQuery, defineTable, memoryJournal, openStore } from '@chancery/store';
import { expect, test } from 'vitest';
import { recomputedView } from './recomputed-view.ts';

const rows = defineTable<{ readonly id: string }>({
  name: 'rows',
  kind: 'declared',
  key: ({ id }) => id,
});

test('every query is evaluated anew, and once within one view', async () => {
  await using store = await openStore({ tables: [rows], journal: memoryJournal(), now: () => 0 });
  let evaluations = 0;
  const below = defineQuery<'', number>({
    name: 'test.below',
    evaluate: (view) => {
      evaluations += 1;
      return view.all(rows).length;
    },
  });
  const above = defineQuery<'', number>({
    name: 'test.above',
    evaluate: (view) => view.query(below, '') + view.query(below, ''),
  });
  expect(store.view.query(above, '')).toBe(0);
  expect(store.view.query(above, '')).toBe(0);
  expect(evaluations).toBe(1);
  expect(recomputedView(store.view).query(above, '')).toBe(0);
  expect(evaluations).toBe(2);
});
