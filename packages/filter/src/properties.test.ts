import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileFilter } from './compile-filter.ts';
import type { Comparison, Expression } from './expression.ts';
import { maximumLength } from './limits.ts';
import { parseFilter } from './parse-filter.ts';
import { printFilter } from './print-filter.ts';
import { healthEntry as shape } from './testing/recorded-shapes.ts';

// No field is called `not`: behind it `not contains` could not be told from a negated `contains`.
const name = fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9_]{0,8}$/).filter((text) => text !== 'not');
const anyText = fc.string({ unit: 'binary' });
const selector = fc
  .tuple(name, fc.array(fc.oneof(name, anyText), { maxLength: 3 }))
  .map(([first, rest]) => ({ path: [first, ...rest], offset: 0 }));

const { expression } = fc.letrec<{ expression: Expression }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.record({
      kind: fc.constant('compare' as const),
      selector,
      comparison: fc.constantFrom<Comparison>('equal', 'contain', 'match'),
      negated: fc.boolean(),
      literal: anyText.map((text) => ({ text, offset: 0 })),
    }),
    fc.record({ kind: fc.constant('empty' as const), selector, negated: fc.boolean() }),
    fc.record({
      kind: fc.constantFrom('and' as const, 'or' as const),
      terms: fc.array(tie('expression'), { minLength: 2, maxLength: 3 }),
    }),
    fc.record({ kind: fc.constant('not' as const), term: tie('expression') }),
  ),
}));

function withoutOffsets(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (key, inner) => (key === 'offset' ? undefined : inner)));
}

test('what is printed reads back as it was', () => {
  fc.assert(
    fc.property(expression, (original) => {
      const parsed = parseFilter(printFilter(original));
      expect(withoutOffsets(parsed)).toEqual(withoutOffsets({ ok: true, expression: original }));
    }),
  );
});

/** Expressions that fit the shape, over few enough values that records match them now and then. */
const fitting = fc
  .oneof(
    ...['Service.ID', 'Service.Meta.k', 'Checks.Status', 'Node.Meta["odd key"]'].flatMap((text) => [
      fc.tuple(fc.constant(`${text} `), fc.constantFrom('==', '!=', 'contains', 'not contains')),
      fc.tuple(fc.constant(`${text} `), fc.constantFrom('matches', 'not matches')),
    ]),
    fc.tuple(fc.constantFrom('Service.Tags ', 'Service.Meta '), fc.constantFrom('contains')),
  )
  .chain(([text, operator]) =>
    fc.constantFrom('a', 'b', 'k', '""').map((value) => `${text}${operator} ${value}`),
  );
const joined = fc
  .tuple(fitting, fc.constantFrom('and', 'or', 'and not', 'or not'), fitting)
  .map(([one, word, other]) => `${one} ${word} ${other}`);

const value = fc.constantFrom('a', 'b', 'ab', '');
const record = fc.record(
  {
    Service: fc.record(
      {
        ID: value,
        Meta: fc.oneof(fc.constant(null), fc.dictionary(fc.constantFrom('k', 'b'), value)),
        Tags: fc.array(value, { maxLength: 2 }),
      },
      { requiredKeys: [] },
    ),
    Checks: fc.array(fc.record({ Status: value }), { maxLength: 2 }),
    Node: fc.record({ Meta: fc.dictionary(fc.constant('odd key'), value) }),
  },
  { requiredKeys: [] },
);

function answer(text: string, one: object): boolean {
  const compiled = compileFilter(text, shape);
  if (!compiled.ok) throw new Error(compiled.message);
  return compiled.matches(one);
}

test('not is the opposite, and is and or what they are called', () => {
  fc.assert(
    fc.property(fc.oneof(fitting, joined), fitting, record, (one, other, entry) => {
      expect(answer(`not (${one})`, entry)).toBe(!answer(one, entry));
      expect(answer(`not not (${one})`, entry)).toBe(answer(one, entry));
      const both = answer(one, entry) && answer(other, entry);
      expect(answer(`(${one}) and (${other})`, entry)).toBe(both);
      const either = answer(one, entry) || answer(other, entry);
      expect(answer(`(${one}) or (${other})`, entry)).toBe(either);
    }),
  );
});

test('where no list is passed and the key is there, a negated operator is the opposite', () => {
  const entry = fc.record({ Service: fc.record({ ID: value, Meta: fc.record({ k: value }) }) });
  const selected = fc.constantFrom('Service.ID', 'Service.Meta.k');
  const operators = fc.constantFrom(
    ['==', '!='],
    ['contains', 'not contains'],
    ['matches', 'not matches'],
  );
  fc.assert(
    fc.property(selected, operators, value, entry, (selected, [plain, negated], text, one) => {
      const yes = answer(`${selected} ${plain} "${text}"`, one);
      expect(answer(`${selected} ${negated} "${text}"`, one)).toBe(!yes);
    }),
  );
});

const shards = fc.constantFrom(
  ...[
    'Service',
    '.',
    'Meta',
    '[',
    ']',
    '"',
    '`',
    '\\',
    '\\x',
    '\\u00',
    '(',
    ')',
    'not',
    'and',
    'or',
    'in',
  ],
  ...[
    'is',
    'empty',
    'contains',
    'matches',
    '==',
    '!=',
    '=',
    '-',
    '0',
    '5',
    ' ',
    '\n',
    'é',
    '\ud83d',
    '\0',
    "'",
  ],
  ...['Service.Port', 'Checks.Status', '"("', '"a{9}"', 'Service.Tags'],
);
const anything = fc.oneof(
  anyText,
  fc.array(shards).map((parts) => parts.join('')),
  fc.array(shards).map((parts) => parts.join(' ')),
);

test('any text is answered, and a refusal names a place in it', () => {
  fc.assert(
    fc.property(anything, record, (text, entry) => {
      const compiled = compileFilter(text, shape);
      if (compiled.ok) compiled.matches(entry);
      else {
        const lines = text.split('\n');
        const line = lines[compiled.line - 1] ?? '';
        expect(compiled.column).toBeGreaterThan(0);
        expect(compiled.column).toBeLessThanOrEqual([...line].length + 1);
        expect(compiled.message).toMatch(/^Failed to create boolean expression evaluator: [^\n]/);
      }
    }),
    { numRuns: 1000 },
  );
});

test('a record of another shape is no reason to throw', () => {
  const compiled = compileFilter(
    'Service.Meta.k == a or Checks.Status == a or Service.Tags contains a or Service.Meta is empty or Service.Port == 1',
    shape,
  );
  fc.assert(
    fc.property(
      fc.object({ key: fc.constantFrom('Service', 'Meta', 'k', 'Checks', 'Tags') }),
      (one) => {
        expect(compiled.ok && typeof compiled.matches(one)).toBe('boolean');
      },
    ),
  );
});

function filled(unit: string, head = '', tail = ''): string {
  const room = maximumLength - head.length - tail.length;
  return head + unit.repeat(Math.floor(room / unit.length)) + tail;
}

const hostile: Readonly<Record<string, string>> = {
  'opening parentheses': filled('('),
  'closing parentheses': filled(')', 'Service.Port == 1'),
  'pairs of parentheses': filled('()'),
  nots: filled('not '),
  'nots and parentheses': filled('not ('),
  'nots before an open text': filled('not ', '', 'contains "x'),
  ins: filled('in '),
  'double quotes': filled('"'),
  backquotes: filled('`'),
  brackets: filled('["a"]', 'Service'),
  'open brackets': filled('[', 'Service'),
  dots: filled('.a', 'Service'),
  'a long name': filled('a'),
  spaces: filled(' '),
  'spaces in front of a mistake': filled(' ', 'Service.Port', '?'),
  'escapes of bytes': filled('\\xc3\\xa9', 'Service.ID == "', '"'),
  'broken escapes': filled('\\xc3', 'Service.ID == "', '"'),
  backslashes: filled('\\', 'Service.ID == "', '"'),
  digits: filled('1', 'Service.Port == '),
  underscores: filled('_1', 'Service.Port == "1', '"'),
  'many terms': filled('Service.Port == 1 or ', '', 'Service.Port == 1'),
  'many terms with a mistake at the end': filled('Service.Port == 1 and ', '', '('),
  'many regular expressions': filled('Service.ID matches "(a*)*b" or ', '', 'Service.Port == 1'),
  'a regular expression that backtracks elsewhere': `Service.ID matches "${'(a*)*'.repeat(60)}b"`,
  'unknown selectors': filled('Nope.', '', 'x == 1'),
  'lone surrogates': filled('\ud83d', 'Service.ID == "', '"'),
};

describe.for(Object.entries(hostile))('%s to the limit', ([, text]) => {
  test('are answered without a throw, a long wait or a full stack', () => {
    const started = performance.now();
    const compiled = compileFilter(text, shape);
    if (compiled.ok) compiled.matches({ Service: { ID: 'a'.repeat(4096), Port: 1 } });
    // It takes some milliseconds; quadratic time would take minutes.
    expect(performance.now() - started).toBeLessThan(5000);
    expect(text.length).toBeLessThanOrEqual(maximumLength);
  });
});
