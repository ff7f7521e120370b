import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decide } from './decide.ts';
import { decideRequest } from './decide-request.ts';
import type { HeaderPattern, Intention, IntentionAction, Permission } from './intention.ts';
import { rulesFor } from './rules.ts';
import type { ShownRequest } from './shown-request.ts';
import { actions, intentionSets, sourceNames } from './testing/arbitrary-intentions.ts';

const matches = (pattern: string, text: string): boolean =>
  new RegExp(`^(?:${pattern})$`).test(text);

const get: ShownRequest = { method: 'GET', path: '/v1/users?page=2', headers: {} };

function pattern(http: Partial<NonNullable<Permission['http']>>): NonNullable<Permission['http']> {
  return { header: [], methods: [], ...http };
}

function asked(
  permissions: readonly Permission[],
  request: Partial<ShownRequest> = {},
  defaultAction: IntentionAction = 'deny',
) {
  const intentions: Intention[] = [
    { source: 'web', destination: 'db', permissions },
    { source: '*', destination: 'db', action: defaultAction === 'allow' ? 'deny' : 'allow' },
  ];
  const rules = rulesFor('db', intentions, defaultAction);
  return decideRequest(rules, 'web', { ...get, ...request }, matches);
}

test('the first permission that a request looks like decides, and those behind it do not', () => {
  const { allowed, permissions, summary } = asked([
    { action: 'deny', http: pattern({ pathPrefix: '/admin' }) },
    { action: 'allow', http: pattern({ pathPrefix: '/v1' }) },
    { action: 'deny', http: pattern({ methods: ['GET'] }) },
  ]);
  expect(allowed).toBe(true);
  expect(permissions.map(({ outcome, why }) => `${outcome}: ${why}`)).toEqual([
    'other-request: the path does not begin with /admin',
    'decides: it is the first that the request looks like',
    'comes-later: permission 2 comes before it',
  ]);
  expect(summary).toBe('allowed: permission 2 of web => db (3 permissions) decides');
});

test.each(['allow', 'deny'] as const)(
  'a request that looks like no permission is left to the default, %s, not to the next intention',
  (defaultAction) => {
    const only = [{ action: 'allow', http: pattern({ pathExact: '/other' }) } as const];
    const { allowed, summary } = asked(only, {}, defaultAction);
    expect(allowed).toBe(defaultAction === 'allow');
    expect(summary).toContain('no permission of web => db (1 permission) is about it');
  },
);

test('a permission that asks for a token is not met', () => {
  const { allowed, permissions } = asked([{ action: 'allow', jwt: { providers: [] } }]);
  expect(allowed).toBe(false);
  expect(permissions[0]?.why).toBe('it asks for a token, and no token is looked at here');
});

test.each([
  [{ pathExact: '/v1/users' }, true],
  [{ pathExact: '/v1/users?page=2' }, false],
  [{ pathExact: '/v1' }, false],
  [{ pathPrefix: '/v1/' }, true],
  [{ pathPrefix: '/V1/' }, false],
  [{ pathRegex: '/v[0-9]+/.*' }, true],
  [{ pathRegex: '/v1' }, false],
  [{ methods: ['POST', 'GET'] }, true],
  [{ methods: ['POST'] }, false],
  [{ methods: ['GET'], pathPrefix: '/other' }, false],
])('a request for /v1/users?page=2 looks like %j: %s', (http, met) => {
  expect(asked([{ action: 'allow', http: pattern(http) }]).allowed).toBe(met);
});

const header = { name: 'X-Team' };

test.each<[Omit<HeaderPattern, 'name'>, string | undefined, boolean]>([
  [{ present: true }, 'blue', true],
  [{ present: true }, undefined, false],
  [{ present: true, invert: true }, undefined, true],
  [{ present: true, invert: true }, 'blue', false],
  [{ exact: 'blue' }, 'blue', true],
  [{ exact: 'Blue' }, 'blue', false],
  [{ exact: 'Blue', ignoreCase: true }, 'bLUE', true],
  [{ prefix: 'bl' }, 'blue', true],
  [{ suffix: 'ue' }, 'blue', true],
  [{ suffix: 'UE', ignoreCase: true }, 'blue', true],
  [{ contains: 'lu' }, 'blue', true],
  [{ contains: 'x' }, 'blue', false],
  [{ regex: 'b.*' }, 'blue', true],
  [{ regex: 'b' }, 'blue', false],
  [{ exact: 'blue', invert: true }, 'red', true],
  [{ exact: 'blue', invert: true }, 'blue', false],
  [{ exact: 'blue', invert: true }, undefined, false],
])('a header that is to be %j and is %s: %s', (wanted, value, met) => {
  const headers = value === undefined ? {} : { 'x-team': value };
  const http = pattern({ header: [{ ...header, ...wanted }] });
  expect(asked([{ action: 'allow', http }], { headers }).allowed).toBe(met);
});

test('an intention with an action decides about every request as about the connection', () => {
  fc.assert(
    fc.property(intentionSets, sourceNames, actions, (set, source, defaultAction) => {
      const whole = set.filter(({ permissions }) => permissions === undefined);
      const rules = rulesFor('db', whole, defaultAction);
      const { allowed, reason } = decideRequest(rules, source, get, matches);
      expect({ allowed, reason }).toEqual(decide(rules, source));
    }),
  );
});
