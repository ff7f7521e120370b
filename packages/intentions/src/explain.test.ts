import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decide } from './decide.ts';
import { explain, formatIntention } from './explain.ts';
import type { Intention } from './intention.ts';
import { rulesFor } from './rules.ts';
import { actions, intentionSets, sourceNames } from './testing/arbitrary-intentions.ts';

const intentions: Intention[] = [
  { source: '*', destination: '*', action: 'allow' },
  { source: 'web', destination: 'db', action: 'deny' },
  { source: 'api', destination: 'db', action: 'allow' },
];

test('a denial names its rule, what was passed over and what came too late', () => {
  const { considered, summary } = explain(rulesFor('db', intentions, 'allow'), 'web');
  expect(considered.map(({ outcome, why }) => `${outcome}: ${why}`)).toEqual([
    'other-source: it speaks of api only',
    'decides: it is the first that speaks of web',
    'outranked: web => db (deny) comes before it',
  ]);
  expect(summary).toBe('web may not connect to db: web => db (deny) decides, with precedence 9');
});

test('where no rule speaks of a source, the default is named', () => {
  const { considered, summary } = explain(rulesFor('db', intentions.slice(1), 'deny'), 'batch');
  expect(considered.map(({ outcome }) => outcome)).toEqual(['other-source', 'other-source']);
  expect(summary).toBe(
    'batch may not connect to db: no intention speaks of it, and the default is deny',
  );
});

test('where permissions decide, it is said why that is a no', () => {
  const permitted: Intention = { source: 'web', destination: 'db', permissions: [] };
  const two = [{ action: 'allow' }, { action: 'deny' }] as const;
  expect(
    explain(rulesFor('db', [{ ...permitted, permissions: two }], 'allow'), 'web').summary,
  ).toBe(
    'web may not connect to db: web => db (2 permissions) decides, with precedence 9; ' +
      'permissions are about requests, and a connection shows none',
  );
  const [one] = two;
  expect(formatIntention({ ...permitted, permissions: [one] })).toBe('web => db (1 permission)');
});

test('an explanation gives the verdict of `decide`, and at most one rule decides', () => {
  fc.assert(
    fc.property(intentionSets, sourceNames, actions, (set, source, defaultAction) => {
      const rules = rulesFor('db', set, defaultAction);
      const { verdict, considered } = explain(rules, source);
      expect(verdict).toEqual(decide(rules, source));
      expect(considered.map(({ rule }) => rule)).toEqual(rules.rules);
      const deciding = considered.filter(({ outcome }) => outcome === 'decides');
      expect(deciding).toHaveLength(verdict.reason.kind === 'rule' ? 1 : 0);
    }),
  );
});
