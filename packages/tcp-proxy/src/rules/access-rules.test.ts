import { typeUrls } from '@chancery/envoy-api';
import { serviceRef, serviceSpiffeId } from '@chancery/identity';
import { compilePolicy, decide, type Intention, rulesFor } from '@chancery/intentions';
import { createTranslator, intentionsFilter } from '@chancery/xds-translator';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readResource } from '../resources/read-resource.ts';
import { snapshotOf, trustDomain } from '../testing/test-mesh.ts';
import { type AccessRules, judge } from './access-rules.ts';

const names = ['web', 'api', 'a.b', 'axb', 'a+', '(a|b)', 'web => db', '"web"', 'a/b', '__proto__'];
const actions = fc.constantFrom('allow' as const, 'deny' as const);
const intentionSets = fc.array(
  fc.record({
    source: fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...names) },
      { weight: 1, arbitrary: fc.constant('*') },
    ),
    destination: fc.constantFrom('db', 'db', '*', 'cache'),
    action: actions,
  }),
  { maxLength: 10 },
);

type Compile = typeof compilePolicy;

/** The rules as a proxy reads them from what the translator serves for `db`. */
function served(
  intentions: readonly Intention[],
  defaultAction: 'allow' | 'deny',
  compile: Compile = compilePolicy,
): AccessRules {
  const translator = createTranslator({ compilePolicy: compile });
  const snapshot = snapshotOf({ service: 'db', intentions, defaultAction });
  const { resources } = translator.compile(snapshot);
  const extension = resources.find(({ typeUrl }) => typeUrl === typeUrls.extensionConfig);
  const { typeUrl = '', body = new Uint8Array() } = extension ?? {};
  const read = readResource(typeUrl, intentionsFilter, body);
  if (!read.ok || read.resource.kind !== 'rules') throw new Error(JSON.stringify(read));
  return read.resource.rules;
}

/** Throws with a counterexample where the proxy does otherwise than `decide` says. */
function enforcedAsDecided(compile: Compile): void {
  const sources = fc.constantFrom(...names, 'stranger', 'webb');
  fc.assert(
    fc.property(intentionSets, sources, actions, (intentions, source, defaultAction) => {
      const identity = serviceSpiffeId(trustDomain, serviceRef(source), 'dc2');
      const { allowed } = judge(served(intentions, defaultAction, compile), [identity]);
      expect(allowed).toBe(decide(rulesFor('db', intentions, defaultAction), source).allowed);
    }),
    { numRuns: 500 },
  );
}

test('the proxy enforces what `decide` says, through the very resources that Envoy gets', () => {
  enforcedAsDecided(compilePolicy);
});

describe('the property notices', () => {
  test('a dropped exclusion', () => {
    const compile: Compile = (rules) => {
      const policy = compilePolicy(rules);
      return { ...policy, policies: policy.policies.map((each) => ({ ...each, except: [] })) };
    };
    expect(() => enforcedAsDecided(compile)).toThrow('Property failed');
  });

  test('a swapped action', () => {
    const compile: Compile = (rules) => {
      const policy = compilePolicy(rules);
      return { ...policy, action: policy.action === 'allow' ? 'deny' : 'allow' };
    };
    expect(() => enforcedAsDecided(compile)).toThrow('Property failed');
  });
});

test('a source of another trust domain is nobody that a rule names', () => {
  const rules = served([{ source: 'web', destination: 'db', action: 'allow' }], 'deny');
  const foreign = serviceSpiffeId('other.consul', serviceRef('web'), 'dc1');
  expect(judge(rules, [foreign])).toEqual({ allowed: false, policy: undefined });
});

test('rules that cannot be compiled let nobody in', () => {
  const rules = served([], 'allow', () => {
    throw new Error('no');
  });
  const identity = serviceSpiffeId(trustDomain, serviceRef('web'), 'dc1');
  expect(judge(rules, [identity]).allowed).toBe(false);
});

test('principals combine as their names say', () => {
  const web = { kind: 'identity', pattern: ['web'] } as const;
  const any = { kind: 'any' } as const;
  const not = (principal: AccessRules['policies'][number]['principals'][number]) =>
    ({ kind: 'not', principal }) as const;
  const allows = (principal: Parameters<typeof not>[0], ...identities: string[]) =>
    judge({ action: 'allow', policies: [{ name: 'p', principals: [principal] }] }, identities);
  const yes = { allowed: true, policy: 'p' };
  const no = { allowed: false, policy: undefined };
  expect(allows(any)).toEqual(yes);
  expect(allows(web, 'web')).toEqual(yes);
  expect(allows(web)).toEqual(no);
  expect(allows(not(web), 'web')).toEqual(no);
  expect(allows(not(web), 'api')).toEqual(yes);
  expect(allows({ kind: 'all-of', principals: [any, web] }, 'api')).toEqual(no);
  expect(allows({ kind: 'all-of', principals: [any, not(web)] }, 'api')).toEqual(yes);
  expect(allows({ kind: 'one-of', principals: [web, not(any)] }, 'web')).toEqual(yes);
  expect(allows({ kind: 'one-of', principals: [web, not(any)] }, 'api')).toEqual(no);
});
