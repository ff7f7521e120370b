import { expect, test } from 'vitest';
import { wholeMatch } from './regular-expression.ts';

test.each([
  ['/v[0-9]+', '/v1', true],
  ['/v[0-9]+', '/v1/users', false],
  ['a|b', 'ab', false],
  ['a|b', 'b', true],
  ['(?i)blue', 'BLUE', true],
  ['', '', true],
  ['.*', 'a\nb', false],
  ['a$', 'a\n', false],
  ['(', '(', false],
  ['(?=a)a', 'a', false],
])('%j stands for the whole of %j: %s', (pattern, text, stands) => {
  expect(wholeMatch(pattern, text)).toBe(stands);
});
