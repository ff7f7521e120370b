import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseHcl } from './hcl-parser.ts';
import { parseJson } from './json-parser.ts';
import { positionOf } from './position-of.ts';
import { toValue } from './to-value.ts';

const parsers = [parseHcl, parseJson];
const size = 2 ** 20;

function filled(unit: string, head = '', tail = ''): string {
  return head + unit.repeat(Math.floor(size / unit.length)) + tail;
}

const large: Readonly<Record<string, string>> = {
  'opening braces': filled('{'),
  'opening brackets': filled('['),
  'nested blocks': filled('a{'),
  'a nested list': filled('[', 'a='),
  'nested JSON': filled('{"a":'),
  labels: filled('a ', '', '{'),
  quotes: filled('"'),
  escapes: filled('\\n', 'a="', '"'),
  dollars: filled('$', 'a="', '"'),
  interpolations: filled('${', 'a="'),
  keys: filled('a=1\n'),
  'keys on one line': filled('a=1 '),
  blocks: filled('b { c = "d" }\n'),
  'a long heredoc': filled('EOFx\n', 'a=<<EOF\n', 'EOF\n'),
  heredocs: filled('a=<<E\n'),
  comments: filled('/**/'),
  'comment marks': filled('/*/'),
  digits: filled('1', 'a='),
  'a long JSON list': filled('1,', '{"a":[', '1]}'),
  'a long JSON text': filled('\\n', '{"a":"', '"}'),
  'broken JSON': filled('{"a" ', '{"b":['),
  commas: filled(','),
  'closing braces': filled('}'),
  'null characters': filled('\0'),
  'lone surrogates': filled('\ud83d'),
};

describe.for(Object.entries(large))('1 MiB of %s', ([, text]) => {
  test.for(parsers)(
    'is answered by $name without a throw, a long wait or a full stack',
    (parse) => {
      const started = performance.now();
      const parsed = parse(text);
      if (parsed.ok) toValue(parsed.document);
      // It takes 0.01 to 0.2 s; quadratic time would take minutes.
      expect(performance.now() - started).toBeLessThan(5000);
      if (!parsed.ok) expect(parsed.errors.length).toBeGreaterThan(0);
    },
  );
});

const shards = fc.constantFrom(
  ...['a', 'b = ', '=', '{', '}', '[', ']', ',', '"', '${', '\\', '<<E\n', 'E\n', '\n', '#', '/*'],
  ...[
    '*/',
    '"x"',
    '1',
    '0x',
    '-',
    ':',
    'true',
    '\r\n',
    '\uFEFF',
    '\0',
    '😀',
    '\ud800',
    '"a":',
    ' ',
  ],
);
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.array(shards, { maxLength: 40 }).map((parts) => parts.join('')),
);

test.for(parsers)('$name answers any text: a value, or mistakes that stand inside it', (parse) => {
  fc.assert(
    fc.property(anyText, fc.nat(), (text, cut) => {
      for (const input of [text, text.slice(0, cut % (text.length + 1))]) {
        const parsed = parse(input);
        if (parsed.ok) {
          toValue(parsed.document);
          positionOf(parsed.document, ['a', 0, 'b']);
        } else {
          const lines = input.replaceAll('\r\n', '\n').split('\n');
          expect(parsed.errors.length).toBeGreaterThan(0);
          for (const { line, column } of parsed.errors) {
            expect(column).toBeLessThanOrEqual((lines[line - 1] ?? '').length + 1);
          }
        }
      }
    }),
    { numRuns: 2000 },
  );
});
