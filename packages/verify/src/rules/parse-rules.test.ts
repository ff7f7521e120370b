import { describe, expect, test } from 'vitest';
import { parseRules } from './parse-rules.ts';

function claims(text: string): unknown {
  const parsed = parseRules('rules.hcl', text);
  return parsed.ok ? parsed.assertions.map(({ claim }) => claim) : parsed.lines;
}

function mistakes(text: string): readonly string[] {
  const parsed = parseRules('rules.hcl', text);
  return parsed.ok ? [] : parsed.lines;
}

describe('a file of rules', () => {
  test('is read block by block, each with its place', () => {
    const text = `
assert {
  name  = "cards stay apart"
  never = "web -> payments"
}

assert {
  only       = ["api", "batch"]
  to         = "db"
  transitive = true
}
`;
    expect(parseRules('rules.hcl', text)).toEqual({
      ok: true,
      assertions: [
        {
          position: 'rules.hcl:2:1',
          name: 'cards stay apart',
          claim: { kind: 'never', source: 'web', destination: 'payments' },
          transitive: false,
        },
        {
          position: 'rules.hcl:7:1',
          claim: { kind: 'only', sources: ['api', 'batch'], destination: 'db' },
          transitive: true,
        },
      ],
    });
  });

  test('may be JSON', () => {
    const text = '{"assert": [{"reachable": "web -> db"}, {"only": ["api"], "to": "db"}]}';
    expect(claims(text)).toEqual([
      { kind: 'reachable', source: 'web', destination: 'db' },
      { kind: 'only', sources: ['api'], destination: 'db' },
    ]);
  });

  test('without a block says nothing', () => {
    expect(claims('')).toEqual([]);
  });

  test('takes the label of a block for its name', () => {
    const text = 'assert "one" { never = "a -> b" }\nassert "two" { never = "c -> d" }';
    const parsed = parseRules('r', text);
    expect(parsed.ok && parsed.assertions.map(({ name }) => name)).toEqual(['one', 'two']);
  });
});

test.each([
  ['never = "web -> db"'],
  ['never = "web=>db"'],
  ['never = " web ->db "'],
  ['never = "web to db"'],
  ['never = "web"\n to = "db"'],
  ['never = ["web"]\n to = "db"'],
  ['Never = "web -> db"'],
])('%s claims that web never reaches db', (text) => {
  expect(claims(`assert {\n ${text}\n}`)).toEqual([
    { kind: 'never', source: 'web', destination: 'db' },
  ]);
});

test.each([
  ['only = ["api", "batch"]\n to = "db"'],
  ['only = "api, batch -> db"'],
  ['only = "api,batch"\n to = "db"'],
])('%s claims that only api and batch reach db', (text) => {
  expect(claims(`assert {\n ${text}\n}`)).toEqual([
    { kind: 'only', sources: ['api', 'batch'], destination: 'db' },
  ]);
});

test.each([
  [
    'assert { nevr = "a -> b" }',
    [
      'rules.hcl:1:1: this block claims nothing',
      'rules.hcl:1:10: unknown key "nevr": did you mean "never"?',
    ],
  ],
  ['asert { never = "a -> b" }', ['rules.hcl:1:1: unknown key "asert": did you mean "assert"?']],
  ['assert {}', ['rules.hcl:1:1: this block claims nothing: write never = "web -> db"']],
  [
    'assert { never = "a -> b", reachable = "a -> b" }',
    ['rules.hcl:1:28: "never" and "reachable" stand in one block'],
  ],
  [
    'assert { never = "a -> b", never = "c -> d" }',
    ['rules.hcl:1:28: "never" stands twice in one block'],
  ],
  [
    'assert { only = ["a"], only = ["b"], to = "c" }',
    ['rules.hcl:1:24: "only" stands twice in one block'],
  ],
  ['assert { never = "a" }', ['rules.hcl:1:18: the destination is missing: write "web -> db"']],
  ['assert { never = "a -> b -> c" }', ['rules.hcl:1:18: "a -> b -> c" has more than one arrow']],
  [
    'assert { never = "a -> b", to = "c" }',
    ['rules.hcl:1:28: the destination stands behind the arrow already'],
  ],
  [
    'assert { never = "a, b -> c" }',
    ['rules.hcl:1:18: "never" speaks of one source: write a block for each'],
  ],
  ['assert { never = "-> b" }', ['rules.hcl:1:18: the name of a service is missing']],
  [
    'assert { never = "we* -> b" }',
    ['rules.hcl:1:18: "we*" is no name of a service: "*" stands alone'],
  ],
  [
    'assert { never = 5 }',
    ['rules.hcl:1:18: expected a text such as "web -> db", found the number 5'],
  ],
  ['assert { only = [], to = "b" }', ['rules.hcl:1:17: the list is empty']],
  ['assert { only = ["*"], to = "b" }', ['rules.hcl:1:17: "only" any service is no claim']],
  [
    'assert { never = "a -> b", transitive = "yes" }',
    ['rules.hcl:1:41: expected true or false, found "yes"'],
  ],
  [
    'assert { never = "a -> b", name = 5 }',
    ['rules.hcl:1:35: expected a text in quotes, found the number 5'],
  ],
  [
    'assert = "a -> b"',
    ['rules.hcl:1:10: expected a block such as assert { never = "web -> db" }, found "a -> b"'],
  ],
])('%s is refused with its place and the way out', (text, lines) => {
  expect(mistakes(text)).toEqual(lines.map((line) => expect.stringContaining(line)));
});

test('the form that reads best and is no HCL is told how to be written', () => {
  const lines = mistakes('assert { only = ["api", "batch"] to db }');
  expect(lines.at(-1)).toBe(
    'rules.hcl: "to" is a key of its own: only = ["api", "batch"] and, on the next line, to = "db"',
  );
});

test('every mistake of a file is told, in the order of the text', () => {
  const lines = mistakes('assert { never = "a" }\nassert { only = 5 }\nextra = 1\n');
  expect(lines.map((line) => line.split(': ')[0])).toEqual([
    'rules.hcl:1:18',
    'rules.hcl:2:17',
    'rules.hcl:3:1',
  ]);
});
