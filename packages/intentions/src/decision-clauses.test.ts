import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decide } from './decide.ts';
import { decisionClauses, verdictName } from './decision-clauses.ts';
import type { DecisionClause, Intention } from './intention.ts';
import { rulesFor } from './rules.ts';
import { actions, intentionSets, sourceNames } from './testing/arbitrary-intentions.ts';

function meets({ source, except }: DecisionClause, name: string): boolean {
  const speaksOf = (spoken: string): boolean => spoken === '*' || spoken === name;
  return (source === undefined || speaksOf(source)) && !except.some(speaksOf);
}

test('a source meets exactly one clause, named after what decides', () => {
  fc.assert(
    fc.property(intentionSets, sourceNames, actions, (intentions, source, defaultAction) => {
      const rules = rulesFor('db', intentions, defaultAction);
      const met = decisionClauses(rules).filter((clause) => meets(clause, source));
      expect(met.map(({ name }) => name)).toEqual([verdictName(decide(rules, source))]);
    }),
    { numRuns: 500 },
  );
});

test('no two clauses share a name', () => {
  fc.assert(
    fc.property(intentionSets, actions, (intentions, defaultAction) => {
      const names = decisionClauses(rulesFor('db', intentions, defaultAction)).map(
        ({ name }) => name,
      );
      expect(new Set(names).size).toBe(names.length);
    }),
  );
});

test('allowed or denied, by a rule or by none: each has its name', () => {
  const intentions: Intention[] = [
    { source: 'web', destination: 'db', action: 'deny' },
    { source: 'api', destination: 'db', permissions: [{ action: 'allow' }, { action: 'deny' }] },
    { source: 'default (deny)', destination: 'db', action: 'allow' },
  ];
  expect(decisionClauses(rulesFor('db', intentions, 'deny'))).toEqual([
    { name: 'api => db (2 permissions)', source: 'api', except: [] },
    { name: '"default (deny)" => db (allow)', source: 'default (deny)', except: [] },
    { name: 'web => db (deny)', source: 'web', except: [] },
    { name: 'default (deny)', source: undefined, except: ['api', 'default (deny)', 'web'] },
  ]);
});

test('behind a wildcard the default is left to whom it does not name: those who are no service', () => {
  const intentions: Intention[] = [
    { source: '*', destination: 'db', action: 'deny' },
    { source: 'web', destination: 'db', action: 'allow' },
  ];
  expect(decisionClauses(rulesFor('db', intentions, 'allow')).slice(1)).toEqual([
    { name: '* => db (deny)', source: '*', except: ['web'] },
    { name: 'default (allow)', source: undefined, except: ['*'] },
  ]);
});
