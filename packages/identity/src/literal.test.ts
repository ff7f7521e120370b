import fc from 'fast-check';
import { expect, test } from 'vitest';
import { literal } from './literal.ts';

const METACHARACTERS = String.raw`\.+*?()|[]{}^$`;

const trickyText = fc.string({
  unit: fc.oneof(fc.constantFrom(...METACHARACTERS, '\n', '\0', '-', '/', '#'), fc.string()),
});

test.each([...METACHARACTERS])('the operator %s is quoted', (char) => {
  expect(literal(char)).toBe(`\\${char}`);
});

test('a quoted text matches itself', () => {
  fc.assert(
    fc.property(trickyText, (text) => {
      expect(new RegExp(`^${literal(text)}$`).test(text)).toBe(true);
    }),
  );
});

test('a quoted text matches no other text', () => {
  fc.assert(
    fc.property(trickyText, trickyText, (text, other) => {
      fc.pre(text !== other);
      expect(new RegExp(`^${literal(text)}$`).test(other)).toBe(false);
    }),
  );
});

test('a quoted text matches none of its one-character neighbours', () => {
  fc.assert(
    fc.property(trickyText, fc.nat(), fc.string({ maxLength: 2 }), (text, position, edit) => {
      const at = position % (text.length + 1);
      const neighbour = text.slice(0, at) + edit + text.slice(at + 1);
      fc.pre(neighbour !== text);
      expect(new RegExp(`^${literal(text)}$`).test(neighbour)).toBe(false);
    }),
  );
});

/**
 * RE2 and JavaScript part ways in escapes of letters and digits (`\z`, `\Q`, `\u`). So nothing may be
 * escaped but punctuation, which both read as itself, and NUL, which both read from `\x00`.
 */
test('only escapes that RE2 and JavaScript read alike are written', () => {
  fc.assert(
    fc.property(trickyText, (text) => {
      const rest = literal(text).replace(/\\(?:[\\.+*?()|[\]{}^$]|x00)/g, '');
      expect(rest).not.toMatch(/[\\.+*?()|[\]{}^$]/);
    }),
  );
});
