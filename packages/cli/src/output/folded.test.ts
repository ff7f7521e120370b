import fc from 'fast-check';
import { expect, test } from 'vitest';
import { folded } from './folded.ts';

test('a line that is too long goes on below its last column', () => {
  const table = '  -deny  Deny each new connection.\n  -meta  Keep this with the intention.';
  expect(folded(table, 33)).toBe(
    [
      '  -deny  Deny each new',
      '         connection.',
      '  -meta  Keep this with the',
      '         intention.',
    ].join('\n'),
  );
});

test('a paragraph goes on at the margin, and without a width it stays one line', () => {
  expect(folded('Allows or denies.', 12)).toBe('Allows or\ndenies.');
  expect(folded('Allows or denies.', undefined)).toBe('Allows or denies.');
});

test('what goes on has room, however wide the first column is', () => {
  const name = `  -${'n'.repeat(20)}`;
  const below = ' '.repeat(8);
  expect(folded(`${name}  one two six one two six one ten`, 32)).toBe(
    `${name}  one two\n${below}six one two six one ten`,
  );
});

test('no word is lost, and no line is longer than the width unless one word is', () => {
  const word = fc.stringMatching(/^[a-z]{1,9}$/);
  fc.assert(
    fc.property(
      fc.array(word, { minLength: 1 }),
      fc.integer({ min: 30, max: 90 }),
      (words, width) => {
        const text = folded(`  -flag  ${words.join(' ')}`, width);
        expect(text.split(/\s+/).filter((each) => each !== '')).toEqual(['-flag', ...words]);
        for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(width);
      },
    ),
  );
});
