import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decide } from './decide.ts';
import type { Intention } from './intention.ts';
import { precedence } from './precedence.ts';
import { matchesFor, rulesFor } from './rules.ts';
import { actions, intentionSets, sourceNames } from './testing/arbitrary-intentions.ts';

const denyWeb: Intention = { source: 'web', destination: 'db', action: 'deny' };

test.each([
  ['web', 'db', 9],
  ['*', 'db', 8],
  ['web', '*', 6],
  ['*', '*', 5],
] as const)('%s => %s has precedence %i', (source, destination, rank) => {
  expect(precedence(source, destination)).toBe(rank);
});

test('rules of other destinations are left out', () => {
  const others: Intention[] = [
    { source: 'web', destination: 'cache', action: 'deny' },
    { source: 'db', destination: 'web', action: 'deny' },
  ];
  expect(rulesFor('db', [...others, denyWeb], 'allow').rules).toEqual([
    { intention: denyWeb, precedence: 9 },
  ]);
});

test('what concerns a source is listed with the wildcards, most specific first', () => {
  const any: Intention = { source: '*', destination: '*', action: 'deny' };
  const webAny: Intention = { source: 'web', destination: '*', action: 'allow' };
  const api: Intention = { source: 'api', destination: 'db', action: 'allow' };
  const ranked = matchesFor([any, webAny, api, denyWeb], 'source', 'web');
  expect(ranked.map(({ intention }) => intention)).toEqual([denyWeb, webAny, any]);
});

test('the order in which intentions are given changes nothing', () => {
  const shuffled = intentionSets.chain((set) =>
    fc.record({
      set: fc.constant(set),
      other: fc.shuffledSubarray(set, { minLength: set.length }),
    }),
  );
  fc.assert(
    fc.property(shuffled, actions, ({ set, other }, defaultAction) => {
      expect(rulesFor('db', other, defaultAction)).toEqual(rulesFor('db', set, defaultAction));
    }),
  );
});

test('of two intentions about one pair the denial wins', () => {
  const allowWeb: Intention = { source: 'web', destination: 'db', action: 'allow' };
  for (const intentions of [
    [denyWeb, allowWeb],
    [allowWeb, denyWeb],
  ]) {
    expect(decide(rulesFor('db', intentions, 'allow'), 'web').allowed).toBe(false);
  }
});

test('a source is decided by the highest rank that speaks of it', () => {
  fc.assert(
    fc.property(intentionSets, sourceNames, actions, (intentions, source, defaultAction) => {
      const matching = intentions.filter(
        (each) =>
          (each.source === source || each.source === '*') &&
          (each.destination === 'db' || each.destination === '*'),
      );
      const ranks = matching.map((each) => precedence(each.source, each.destination));
      const top = matching.filter((_, index) => ranks[index] === Math.max(...ranks));
      const expected =
        top.length === 0 ? defaultAction === 'allow' : top.every((each) => each.action === 'allow');
      expect(decide(rulesFor('db', intentions, defaultAction), source).allowed).toBe(expected);
    }),
  );
});
