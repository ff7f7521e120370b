import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { atOnce } from './at-once.ts';

const items = Array.from({ length: 20 }, (_, at) => at);

test('every item is worked on once, never more than so many at a time', async () => {
  const seen: number[] = [];
  let running = 0;
  let most = 0;
  const finished = await atOnce(items, 4, {}, async (item) => {
    running += 1;
    most = Math.max(most, running);
    await turn();
    seen.push(item);
    running -= 1;
  });
  expect(seen.sort((a, b) => a - b)).toEqual(items);
  expect(most).toBe(4);
  expect(finished).toHaveLength(20);
  expect(finished.toSorted((a, b) => a - b)).toEqual(finished);
});

test('nothing is begun after the time is over, and a failure is not passed over', async () => {
  expect(await atOnce(items, 2, { withinMs: 0 }, async () => {})).toEqual([]);
  const broken = atOnce(items, 2, {}, async (item) => {
    if (item === 3) throw new Error('no');
  });
  await expect(broken).rejects.toThrow('no');
});
