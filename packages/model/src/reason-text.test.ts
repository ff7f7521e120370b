import { expect, test } from 'vitest';
import { reasonText } from './reason-text.ts';

test.each([
  ['ticket 7', 'ticket 7'],
  ['  two\r\nlines\t', 'two lines'],
  ['\u001b[2J\u009b31mred', '[2J 31mred'],
  ['abc\u202egpj.exe\u2028x', 'abc gpj.exe x'],
  ['größer → 🚀', 'größer → 🚀'],
])('%j is told as %j', (words, line) => {
  expect(reasonText(words)).toBe(line);
});

test.each(['', ' ', '\n\u0000'])('%j says nothing', (words) => {
  expect(reasonText(words)).toBeUndefined();
});

test('a story ends after a thousand characters, and never in half of one', () => {
  expect(reasonText('x'.repeat(1000))).toBe('x'.repeat(1000));
  const told = reasonText(`${'x'.repeat(998)}🚀${'y'.repeat(4_000_000)}`) ?? '';
  expect(told).toHaveLength(1000);
  expect(told.isWellFormed()).toBe(true);
  expect(told.endsWith('…')).toBe(true);
});
