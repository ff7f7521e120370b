import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shellWords } from './shell-words.ts';

test.for<readonly [string, readonly string[]]>([
  ['', ['']],
  ['chancery', ['chancery']],
  ['chancery ', ['chancery', '']],
  ['chancery  config\tread', ['chancery', 'config', 'read']],
  ["chancery maint -reason 'new disk' -", ['chancery', 'maint', '-reason', 'new disk', '-']],
  ['chancery maint -reason "new di', ['chancery', 'maint', '-reason', 'new di']],
  ['a "say \\"x\\"" b', ['a', 'say "x"', 'b']],
  ['a one\\ word b\\', ['a', 'one word', 'b']],
  ['A=1 B=2 chancery x', ['chancery', 'x']],
  [' chancery x', ['chancery', 'x']],
])('%j', ([line, words]) => {
  expect(shellWords(line)).toEqual(words);
});

test('any line has a last word', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (line) => {
      expect(shellWords(line).length).toBeGreaterThan(0);
    }),
  );
});
