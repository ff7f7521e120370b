import { serviceRef, serviceSpiffeId } from '@chancery/identity';
import { decide, type Intention, rulesFor, verdictName } from '@chancery/intentions';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { enforcedRule } from './enforced-rule.ts';
import { intentionsFilter } from './resource-names.ts';
import { compiledCase } from './testing/compiled-case.ts';
import { letsThrough } from './testing/evaluate-rbac.ts';
import { trustDomain } from './testing/golden-case.ts';

const names = ['web', 'api', 'a.b', 'axb', '(a|b)', '"web"'];
const actions = fc.constantFrom('allow' as const, 'deny' as const);
const intentionSets: fc.Arbitrary<Intention[]> = fc.array(
  fc.record({
    source: fc.constantFrom(...names, '*'),
    destination: fc.constantFrom('db', '*'),
    action: actions,
  }),
  { maxLength: 8 },
);

function enforced(
  intentions: readonly Intention[],
  defaultAction: 'allow' | 'deny',
  source: string,
) {
  const compiled = compiledCase({ service: 'db', intentions, defaultAction });
  const resource = compiled.resources.find(({ name }) => name === intentionsFilter);
  if (resource === undefined) throw new Error('no intentions filter');
  const spiffeId = serviceSpiffeId(trustDomain, serviceRef(source), 'dc2');
  return { rule: enforcedRule(resource, spiffeId), reading: letsThrough(compiled, spiffeId) };
}

test('what is read of the filter is what it enforces, and its log has the reason of `decide`', () => {
  const sources = fc.constantFrom(...names, 'stranger');
  fc.assert(
    fc.property(intentionSets, sources, actions, (intentions, source, defaultAction) => {
      const verdict = decide(rulesFor('db', intentions, defaultAction), source);
      const { rule, reading } = enforced(intentions, defaultAction, source);
      expect(rule.allowed).toBe(verdict.allowed);
      expect(reading).toBe(verdict.allowed);
      expect(rule.logged).toBe(verdictName(verdict));
    }),
    { numRuns: 300 },
  );
});

const denyWeb: Intention = { source: 'web', destination: 'db', action: 'deny' };

test('the policy that a source meets is shown as Envoy dumps it', () => {
  expect(enforced([denyWeb], 'allow', 'web').rule).toEqual({
    allowed: false,
    action: 'DENY',
    policy: {
      name: 'web => db',
      json: {
        permissions: [{ any: true }],
        principals: [
          { authenticated: { principal_name: { safe_regex: { regex: expect.any(String) } } } },
        ],
      },
    },
    logged: 'web => db (deny)',
  });
});

test('a denial that agrees with the default has no policy, and a name in the log all the same', () => {
  expect(enforced([denyWeb], 'deny', 'web').rule).toEqual({
    allowed: false,
    action: 'ALLOW',
    logged: 'web => db (deny)',
  });
  expect(enforced([denyWeb], 'deny', 'api').rule.logged).toBe('default (deny)');
});
