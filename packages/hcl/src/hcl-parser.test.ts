import { expect, test } from 'vitest';
import { parseHcl } from './hcl-parser.ts';
import { toValue } from './to-value.ts';

function valueOfText(text: string): unknown {
  const parsed = parseHcl(text);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  return toValue(parsed.document);
}

function mistakes(text: string): readonly string[] {
  const parsed = parseHcl(text);
  return parsed.ok ? [] : parsed.errors.map((e) => `${e.line}:${e.column} ${e.message}`);
}

// The values were compared with HashiCorp's HCL 1.0.0 (there every block is a list).
test.for<[string, unknown]>([
  ['a = "x"', { a: 'x' }],
  ['a {}', { a: {} }],
  ['a = {}', { a: {} }],
  ['a { b = 1 } a { b = 2 }', { a: [{ b: 1 }, { b: 2 }] }],
  ['a = [{ b = 1 }]', { a: [{ b: 1 }] }],
  ['a = [{ b = 1 }] a { b = 2 }', { a: [{ b: 1 }, { b: 2 }] }],
  ['a = [1] a = [2]', { a: [1, 2] }],
  ['a = "x" a = "y"', { a: 'y' }],
  ['s "web" { x = 1 } s "db" { y = 2 }', { s: [{ web: { x: 1 } }, { db: { y: 2 } }] }],
  ['s "a" "b" { x = 1 }', { s: { a: { b: { x: 1 } } } }],
  ['"a b" = 1, c-d.e = 2', { 'a b': 1, 'c-d.e': 2 }],
  ['a = [1, [true, "z"], { q = 2 },]', { a: [1, [true, 'z'], { q: 2 }] }],
  [
    'a=0x1F b=017 c=1e3 d=-5 e=1.5e-2 f=-0x1f g=08.5 h=.5 i=5.',
    { a: 31, b: 15, c: 1000, d: -5, e: 0.015, f: -31, g: 8.5, h: 0.5, i: 5 },
  ],
  ['a = "\\x41\\101\\u00e9\\U0001F600\\a\\t\\"\\\\"', { a: 'AAé😀\u0007\t"\\' }],
  // What stands in an interpolation is kept as it is written.
  ['a = "\u0024{f("b")}\\n\u0024{ {} }"', { a: '\u0024{f("b")}\n\u0024{ {} }' }],
  ['a = <<EOF\n  x\n y\nEOF\nb = 1', { a: '  x\n y\n', b: 1 }],
  ['a = <<-EOF\n    x\n     y\n    EOF\n', { a: 'x\n y\n' }],
  ['a = <<-EOF\n  x\n y\n  EOF\n', { a: '  x\n y\n' }],
  ['a = <<EOF\nEOF', { a: '' }],
  ['# one\n// two\n/* three\n */ a = 1 # four', { a: 1 }],
  ['\uFEFFa = 1\r\nb = <<E\r\nx\r\nE\r\n', { a: 1, b: 'x\n' }],
  ['{"a": {"b": 1}}', { a: { b: 1 } }],
  ['__proto__ = 1\nconstructor { x = 2 }', JSON.parse('{"__proto__":1,"constructor":{"x":2}}')],
  ['', {}],
])('%j means what HCL 1 makes of it', ([text, value]) => {
  expect(valueOfText(text)).toEqual(value);
});

test('every mistake of a text is reported, with its place and the way out', () => {
  const text = [
    'a = [1 2]',
    "b = 'x'",
    'c: 3',
    's {',
    '  d = bar',
    '  e = 4',
    '}',
    'f = "x',
    'é = ☃',
  ];
  expect(mistakes(text.join('\n'))).toEqual([
    '1:8 expected "," or "]", found the number 2',
    `2:5 unexpected character "'": texts stand in double quotes: "…"`,
    '3:2 unexpected character ":": write key = value',
    '5:7 bar is no value: put it in quotes',
    '8:5 this text is never closed: end it with " on the same line',
    '9:5 unexpected character "☃"',
  ]);
});

test.for([
  ['s {\n x = 1', '1:3 this "{" is never closed: add "}"'],
  ['a = [1', '1:5 this "[" is never closed: add "]"'],
  ['}', '1:1 this "}" closes nothing: remove it'],
  ['a = <<EOF\nx', '1:5 this text is never closed: end it with EOF on a line of its own'],
  ['a = <<\nb = 1', '1:5 expected "<<" and a mark such as EOF, alone until the end of the line'],
  ['/* x', '1:1 this comment is never closed: end it with "*/"'],
  ['a = 08', '1:5 "08" is no number: a leading 0 means octal'],
  ['a = 1e', '1:5 "1e" is no number'],
  ['a = 9007199254740993', '1:5 this number is too large to be kept exactly: put it in quotes'],
  ['a = "\\q"', '1:6 "\\\\q" means nothing in a text: write \\\\ for a backslash'],
  ['a = "\\ud800"', '1:6 "\\\\ud800" means nothing in a text: write \\\\ for a backslash'],
  ['name\nport = 80', '2:1 expected "=" or "{" after "name", found "port"'],
  ['= 1', '1:1 expected a key, found "="'],
  ['a = 1\na {}', '2:1 "a" is a plain value in one place and a block or list in another: keep one'],
  ['a = b', '1:5 b is no value: put it in quotes'],
  ['a = "😀" b = ', '1:13 expected a value, found the end of the file'],
] as const)('%j is refused with a place and a reason', ([text, message]) => {
  expect(mistakes(text)[0]).toBe(message);
});

test('blocks may nest 128 deep and no deeper, labels counted', () => {
  const nested = (depth: number) => `${'a {'.repeat(depth)}${'}'.repeat(depth)}`;
  expect(mistakes(nested(128))).toEqual([]);
  expect(mistakes(nested(129))).toEqual(['1:387 nested more than 128 levels deep']);
  expect(mistakes(`a ${'b '.repeat(128)} {}`)[0]).toContain('nested more than 128 levels deep');
});

test('after twenty mistakes no more are reported', () => {
  expect(mistakes('a = b\n'.repeat(100))).toHaveLength(20);
});
