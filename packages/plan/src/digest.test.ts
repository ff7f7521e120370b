import { expect, test } from 'vitest';
import { digestOf } from './digest.ts';
import type { Outline } from './outline.ts';

function outline(pairs: number, lastBecause = 'default (deny)'): Outline {
  const flips = Array.from({ length: pairs }, (_, at) => ({
    source: `s${at}`,
    destination: 'db',
    allowedBefore: true,
    allowedAfter: false,
    becauseBefore: 'default (allow)',
    becauseAfter: at === pairs - 1 ? lastBecause : 'default (deny)',
  }));
  return { revision: 1, changes: [], flips, proxies: [], proxiesConsidered: 0 };
}

function taken(of: Outline): { readonly steps: number; readonly digest: string } {
  const work = digestOf(of);
  for (let steps = 0; ; steps += 1) {
    const step = work.next();
    if (step.done === true) return { steps, digest: step.value };
  }
}

test('a digest is of all there is, to the last of many, and made a little at a time', () => {
  const { steps, digest } = taken(outline(2000));
  expect(steps).toBeGreaterThanOrEqual(10);
  expect(taken({ ...outline(2000), revision: 9 }).digest).toBe(digest);
  const others = [outline(1999), outline(2001), outline(2000, '* => db (deny)'), outline(0)];
  expect(new Set([digest, ...others.map((each) => taken(each).digest)]).size).toBe(5);
});
