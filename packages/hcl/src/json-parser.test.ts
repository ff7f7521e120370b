import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseJson } from './json-parser.ts';
import { toValue } from './to-value.ts';

function mistakes(text: string): readonly string[] {
  const parsed = parseJson(text);
  return parsed.ok ? [] : parsed.errors.map((e) => `${e.line}:${e.column} ${e.message}`);
}

const objects = fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue({ maxDepth: 4 }));

test('a JSON object means what JSON.parse makes of it', () => {
  fc.assert(
    fc.property(objects, fc.constantFrom(0, 2, '\t'), (object, indent) => {
      const text = JSON.stringify(object, (_, value) => clipped(value), indent);
      const parsed = parseJson(text);
      expect(parsed.ok && toValue(parsed.document)).toEqual(JSON.parse(text));
    }),
  );
});

/** Whole numbers beyond what is kept exactly are refused, on purpose. */
function clipped(value: unknown): unknown {
  return typeof value === 'number' && Math.abs(value) > Number.MAX_SAFE_INTEGER ? 1.5 : value;
}

test('whatever JSON.parse refuses is refused', () => {
  const broken = fc.tuple(objects, fc.nat(), fc.constantFrom('', '}', '"', ',', '[', '\\', '0x'));
  fc.assert(
    fc.property(broken, ([object, at, junk]) => {
      const text = JSON.stringify(object);
      const cut = at % (text.length + 1);
      const mutated = text.slice(0, cut) + junk + text.slice(cut + 1);
      if (parseJson(mutated).ok) expect(() => JSON.parse(mutated)).not.toThrow();
    }),
    { numRuns: 500 },
  );
});

test('every mistake is reported, a key that stands twice among them', () => {
  expect(mistakes('{"a": 1, "a": 2, "b": [1, 2,], "c": tru, d: 3}')).toEqual([
    '1:10 "a" is given twice: keep one',
    '1:28 a comma before "]": remove it',
    '1:37 expected a value, found "tru"',
    '1:42 expected a key in double quotes, found "d"',
  ]);
});

test.for([
  ['', '1:1 expected a value, found the end of the file'],
  ['[1]', '1:1 a file is one object: start it with "{"'],
  ['{"a": 1} x', '1:10 expected nothing more: a file is one object'],
  ['{"a" 1}', '1:6 expected ":", found "1"'],
  ['{"a": 1 "b": 2}', '1:9 expected "," or "}", found "\\""'],
  ['{"a": "x', '1:1 this is never closed: add "}"'],
  ['{"a": 01}', '1:7 expected a value, found "01"'],
  ['// c\n{}', '1:1 JSON has no comments: remove it, or name the file .hcl'],
] as const)('%j is refused with a place and a reason', ([text, message]) => {
  expect(mistakes(text)[0]).toBe(message);
});
