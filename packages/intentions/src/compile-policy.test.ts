import { serviceRef, serviceSpiffeId, spiffePattern } from '@chancery/identity';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compilePolicy } from './compile-policy.ts';
import { decide } from './decide.ts';
import type { AuthorizationPolicy, Intention, Rules } from './intention.ts';
import { rulesFor } from './rules.ts';
import { actions, intentionSets, sourceNames } from './testing/arbitrary-intentions.ts';

type Compile = (rules: Rules) => AuthorizationPolicy;
type Policy = AuthorizationPolicy['policies'][number];
/** Whether a principal, the name of a policy's source or one of its exceptions, stands for a source. */
type Matches = (principal: string, source: string) => boolean;

const byName: Matches = (principal, source) => principal === '*' || principal === source;

/** As an RBAC filter does it: by the pattern of the principal, over the identity in the certificate. */
const byIdentity: Matches = (principal, source) =>
  new RegExp(spiffePattern('td.consul', principal)).test(
    serviceSpiffeId('td.consul', serviceRef(source), 'dc2'),
  );

function matching(policy: AuthorizationPolicy, source: string, matches: Matches): Policy[] {
  return policy.policies.filter(
    ({ source: principal, except }) =>
      matches(principal, source) && !except.some((excepted) => matches(excepted, source)),
  );
}

function allows(policy: AuthorizationPolicy, source: string, matches: Matches): boolean {
  return (policy.action === 'allow') === matching(policy, source, matches).length > 0;
}

/** What the compiler must keep to: the policy answers as `decide` does. Throws with a counterexample. */
function policiesAgreeWithDecisions(compile: Compile, matches: Matches): void {
  fc.assert(
    fc.property(intentionSets, sourceNames, actions, (intentions, source, defaultAction) => {
      const rules = rulesFor('db', intentions, defaultAction);
      expect(allows(compile(rules), source, matches)).toBe(decide(rules, source).allowed);
    }),
    { numRuns: 500 },
  );
}

test('a policy answers as `decide` does', () => {
  policiesAgreeWithDecisions(compilePolicy, byName);
});

test('a policy whose principals are patterns over identities answers as `decide` does', () => {
  policiesAgreeWithDecisions(compilePolicy, byIdentity);
});

describe('the property notices', () => {
  const faults: Record<string, (policy: AuthorizationPolicy) => AuthorizationPolicy> = {
    'a dropped exclusion': (policy) => withPolicies(policy, (each) => ({ ...each, except: [] })),
    'an exclusion too few': (policy) =>
      withPolicies(policy, (each) => ({ ...each, except: each.except.slice(1) })),
    'a swapped action': (policy) => ({
      ...policy,
      action: policy.action === 'allow' ? 'deny' : 'allow',
    }),
    'a lost policy': (policy) => ({ ...policy, policies: policy.policies.slice(1) }),
    'a wildcard that is taken by its letter': (policy) =>
      withPolicies(policy, (each) => ({ ...each, source: each.source.replace('*', 'star') })),
  };

  test.each(Object.entries(faults))('%s', (_, fault) => {
    expect(() =>
      policiesAgreeWithDecisions((rules) => fault(compilePolicy(rules)), byName),
    ).toThrow('Property failed');
  });

  test('a name that enters a pattern unquoted', () => {
    const unquoted: Matches = (principal, source) =>
      new RegExp(`^${principal === '*' ? '.+' : principal}$`).test(source);
    expect(() => policiesAgreeWithDecisions(compilePolicy, unquoted)).toThrow('Property failed');
  });
});

function withPolicies(
  policy: AuthorizationPolicy,
  change: (each: Policy) => Policy,
): AuthorizationPolicy {
  return { ...policy, policies: policy.policies.map(change) };
}

test('a source meets at most one policy, named after the rule that decides', () => {
  fc.assert(
    fc.property(intentionSets, sourceNames, actions, (intentions, source, defaultAction) => {
      const rules = rulesFor('db', intentions, defaultAction);
      const met = matching(compilePolicy(rules), source, byName);
      const { reason, allowed } = decide(rules, source);
      const deviates = reason.kind === 'rule' && allowed !== (defaultAction === 'allow');
      expect(met).toHaveLength(deviates ? 1 : 0);
      if (deviates) expect(met[0]?.source).toBe(reason.rule.intention.source);
    }),
  );
});

test('every policy can match, and no two share a name', () => {
  fc.assert(
    fc.property(intentionSets, actions, (intentions, defaultAction) => {
      const policy = compilePolicy(rulesFor('db', intentions, defaultAction));
      const witnesses = policy.policies.map(({ source }) => (source === '*' ? 'nobody' : source));
      for (const witness of witnesses) {
        expect(matching(policy, witness, byName)).toHaveLength(1);
      }
      expect(new Set(policy.policies.map(({ name }) => name)).size).toBe(policy.policies.length);
    }),
  );
});

test.each([
  ['allow', { action: 'deny', policies: [{ name: 'web => db', source: 'web', except: [] }] }],
  ['deny', { action: 'allow', policies: [{ name: '* => db', source: '*', except: ['web'] }] }],
] as const)(
  'under a default of %s an intention with permissions lets no connection through',
  (defaultAction, policy) => {
    const intentions: Intention[] = [
      { source: 'web', destination: 'db', permissions: [{ action: 'allow' }] },
      { source: '*', destination: 'db', action: 'allow' },
    ];
    expect(compilePolicy(rulesFor('db', intentions, defaultAction))).toEqual(policy);
  },
);

function compiled(written: string, defaultAction: 'allow' | 'deny'): AuthorizationPolicy {
  const intentions = written.split(' ').map((each): Intention => {
    const [source = '', destination = '', action] = each.split(/[>:]/);
    return { source, destination, action: action === 'deny' ? 'deny' : 'allow' };
  });
  return compilePolicy(rulesFor('db', intentions, defaultAction));
}

test('only the action opposite to the default is carried', () => {
  expect(compiled('web>db:deny api>db:allow', 'allow')).toEqual({
    action: 'deny',
    policies: [{ name: 'web => db', source: 'web', except: [] }],
  });
  expect(compiled('web>db:deny api>db:allow', 'deny')).toEqual({
    action: 'allow',
    policies: [{ name: 'api => db', source: 'api', except: [] }],
  });
});

test('a wildcard leaves out every source that was named before it', () => {
  expect(compiled('*>db:deny web>db:allow api>db:deny', 'allow').policies).toEqual([
    { name: 'api => db', source: 'api', except: [] },
    { name: '* => db', source: '*', except: ['api', 'web'] },
  ]);
});

test('what a wildcard or the same source shadows is dropped', () => {
  expect(compiled('*>db:allow web>*:deny *>*:deny', 'allow').policies).toEqual([]);
  expect(compiled('web>db:allow web>*:deny', 'allow').policies).toEqual([]);
});

test('without intentions only the default is left', () => {
  expect(compilePolicy(rulesFor('db', [], 'deny'))).toEqual({ action: 'allow', policies: [] });
  expect(compilePolicy(rulesFor('db', [], 'allow'))).toEqual({ action: 'deny', policies: [] });
});

test('a name that could be taken for two is quoted', () => {
  expect(compiled('web>db:deny', 'allow').policies[0]?.name).toBe('web => db');
  const odd: Intention = { source: 'web => db', destination: 'db', action: 'deny' };
  expect(compilePolicy(rulesFor('db', [odd], 'allow')).policies[0]?.name).toBe('"web => db" => db');
});
