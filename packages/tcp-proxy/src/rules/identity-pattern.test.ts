import { serviceRef, serviceSpiffeId, spiffePattern } from '@chancery/identity';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { matchesPattern, readPattern } from './identity-pattern.ts';

const names = fc.oneof(
  fc.constantFrom('web', 'we.b', 'webb', 'a+', 'a|b', '(a)', '$x', '^', '\\', 'a/b', 'a\0b', '*'),
  fc.string({ minLength: 1, maxLength: 8 }),
);

function matches(regex: string, identity: string): boolean {
  const pattern = readPattern(regex);
  if (pattern === undefined) throw new Error(`${regex} is not understood`);
  return matchesPattern(pattern, identity);
}

test('every pattern of the mesh is understood, and means what it means to RE2 and JavaScript', () => {
  fc.assert(
    fc.property(names, names, names, (pattern, name, datacenter) => {
      const regex = spiffePattern('td.consul', pattern);
      for (const trustDomain of ['td.consul', 'tdXconsul']) {
        const identity = serviceSpiffeId(trustDomain, serviceRef(name), datacenter);
        expect(matches(regex, identity)).toBe(new RegExp(regex, 'u').test(identity));
      }
    }),
    { numRuns: 1000 },
  );
});

test.each([
  ['a', 'a', true],
  ['^a$', 'a', true],
  ['a', 'ab', false],
  ['a', 'ba', false],
  ['a/[^/]+', 'a/b', true],
  ['a/[^/]+', 'a/', false],
  ['a/[^/]+', 'a', false],
  ['a/[^/]+', 'a/b/c', false],
  ['[^/]+/b', 'a/b', true],
  ['[^/]+', 'a\nb', true],
  [String.raw`a\.b`, 'a.b', true],
  [String.raw`a\.b`, 'axb', false],
  [String.raw`\$`, '$', true],
  [String.raw`\\$`, '\\', true],
  [String.raw`\\\$`, '\\$', true],
  [String.raw`a\x00b`, 'a\0b', true],
  ['', '', true],
])('%j against %j: %s', (regex, identity, expected) => {
  expect(matches(regex, identity)).toBe(expected);
});

test.each([
  ...['.', 'a*', 'a+', 'a?', '(a)', 'a|b', '[ab]', 'a{2}', 'a]', 'a}', '^^a', 'a$b', 'a^b', 'a$$'],
  ...[
    String.raw`\d`,
    String.raw`\w`,
    String.raw`\Q.\E`,
    String.raw`\pN`,
    String.raw`\x41`,
    '\\',
    'a\\',
  ],
  ...['(?i)a', '[^/]*', '[^/]+?', 'a[^/]+', '[^/]+a', '[^/]+[^/]+', '[^a]+', '[^/]', '.+/svc/web'],
])('%j is not understood', (regex) => {
  expect(readPattern(regex)).toBeUndefined();
});

test('whatever is understood means the same to JavaScript', () => {
  const piece = fc.constantFrom(
    'a',
    '/',
    '[^/]+',
    '\\.',
    '.',
    '+',
    '^',
    '$',
    '\\',
    '\\\\',
    '|',
    '\\x00',
  );
  const regexes = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''));
  const identities = fc
    .array(fc.constantFrom('a', '/', '.', '\\', '\0', '+', '$', '^'), { maxLength: 6 })
    .map((pieces) => pieces.join(''));
  fc.assert(
    fc.property(regexes, identities, (regex, identity) => {
      const pattern = readPattern(regex);
      if (pattern === undefined) return;
      const inFull = new RegExp(`^(?:${regex})$`, 'u');
      expect(matchesPattern(pattern, identity)).toBe(inFull.test(identity));
    }),
    { numRuns: 5000 },
  );
});
