import { expect, test } from 'vitest';
import { compileFilter } from './compile-filter.ts';
import {
  maximumDepth,
  maximumInstructions,
  maximumLength,
  maximumPatternLength,
} from './limits.ts';

const shape = { fields: { Name: 'text', Port: 'number' } } as const;

function complaint(expression: string): string {
  const compiled = compileFilter(expression, shape);
  return compiled.ok ? 'none' : compiled.message;
}

test('an expression may be so long and no longer', () => {
  const fitting = `Name == "${'a'.repeat(maximumLength - 10)}"`;
  expect(fitting.length).toBe(maximumLength);
  expect(complaint(fitting)).toBe('none');
  expect(complaint(`${fitting} `)).toContain(`${maximumLength} are the most`);
});

test('parentheses and not may nest so deep and no deeper', () => {
  const nested = (depth: number) => `${'('.repeat(depth)}Port == 1${')'.repeat(depth)}`;
  expect(complaint(nested(maximumDepth))).toBe('none');
  expect(complaint(nested(maximumDepth + 1))).toContain(`nest at most ${maximumDepth} deep`);
  expect(complaint(`${'not '.repeat(maximumDepth)}Port == 1`)).toBe('none');
  const negated = `${'not '.repeat(maximumDepth + 1)}Port == 1`;
  expect(complaint(negated)).toContain(`nest at most ${maximumDepth} deep`);
});

test('regular expressions that would cost too much are refused, one by one and together', () => {
  expect(complaint(`Name matches "${'a'.repeat(maximumPatternLength + 1)}"`)).toContain(
    `${maximumPatternLength} are the most`,
  );
  expect(complaint('Name matches "a{1000}"')).toContain(`${maximumInstructions} instructions`);
  const one = 'Name matches "a{200}"';
  expect(complaint(`${one} or ${one}`)).toBe('none');
  expect(complaint(`${one} or ${one} or ${one}`)).toContain(`${maximumInstructions} instructions`);
});

test('a message stays short whatever it is about', () => {
  const long = 'a'.repeat(60_000);
  for (const expression of [
    `${long} == 1`,
    `Port == ${long}`,
    `Name matches "${'('.repeat(maximumPatternLength)}"`,
    `Name${`.${'b'.repeat(5000)}`.repeat(10)} == 1`,
    `Name == ${'a.'.repeat(20_000)}`,
  ]) {
    expect(complaint(expression).length).toBeLessThan(1000);
    expect(complaint(expression)).not.toBe('none');
  }
});

test('no text is looked at once there is no time left for it', () => {
  let left = 2;
  const mayGoOn = () => left-- > 0;
  const filter = compileFilter('Name matches "a"', shape, mayGoOn);
  const answers = [1, 2, 3].map(() => filter.ok && filter.matches({ Name: 'a' }));
  expect(answers).toEqual([true, true, false]);
});
