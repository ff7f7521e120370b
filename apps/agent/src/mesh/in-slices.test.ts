import { expect, test } from 'vitest';
import { inSlices } from './in-slices.ts';

function* steps(count: number, onStep: () => void): Generator<undefined, string> {
  for (let at = 0; at < count; at += 1) {
    onStep();
    yield;
  }
  return 'done';
}

test('others have a turn between slices, however many there are that take long', async () => {
  let sinceTurn = 0;
  let most = 0;
  let isOver = false;
  const turn = (): void => {
    sinceTurn = 0;
    if (!isOver) setTimeout(turn, 0);
  };
  turn();
  const onStep = (): void => {
    sinceTurn += 1;
    most = Math.max(most, sinceTurn);
    // As long as a slice, so that each has one step.
    for (const end = performance.now() + 2; performance.now() < end; );
  };
  const all = Array.from({ length: 20 }, () => inSlices(() => steps(3, onStep), { sliceMs: 1 }));
  expect(await Promise.all(all)).toEqual(Array(20).fill('done'));
  isOver = true;
  expect(most).toBeLessThan(10);
});

test('what nobody waits for any more is given up', async () => {
  const gone = new AbortController();
  let taken = 0;
  const onStep = (): void => {
    taken += 1;
    if (taken === 3) gone.abort();
  };
  const given = inSlices(() => steps(1000, onStep), { signal: gone.signal, sliceMs: 0 });
  await expect(given).rejects.toThrow('aborted');
  expect(taken).toBe(3);
});

test('many are begun one after the other, and one that fails makes place for the next', async () => {
  let open = 0;
  let most = 0;
  function* work(): Generator<undefined, undefined> {
    open += 1;
    most = Math.max(most, open);
    try {
      for (let at = 0; at < 5; at += 1) yield;
      if (open % 2 === 0) throw new Error('it fails');
    } finally {
      open -= 1;
    }
  }
  const ended = await Promise.allSettled(
    Array.from({ length: 50 }, () => inSlices(work, { sliceMs: 0 })),
  );
  expect(ended).toHaveLength(50);
  expect([most, open]).toEqual([4, 0]);
  expect(await inSlices(() => steps(1, () => {}))).toBe('done');
});

test('steps are begun when their turn has come: what they look at is what there is then', async () => {
  let state = 'asked for';
  const seen: string[] = [];
  const given = inSlices(() => {
    seen.push(state);
    return steps(1, () => seen.push(state));
  });
  state = 'begun';
  await given;
  expect(seen).toEqual(['begun', 'begun']);
});
