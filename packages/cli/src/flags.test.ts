import { expect, test } from 'vitest';
import { type Flag, parseFlags } from './flags.ts';

const known: readonly Flag[] = [
  { name: 'deny', kind: 'switch', about: '' },
  { name: 'token', kind: 'text', about: '' },
  { name: 'meta', kind: 'list', about: '' },
  { name: 'port', kind: 'number', about: '' },
  { name: 'format', kind: 'text', about: '', choices: ['pretty', 'json', 'yaml'] },
];

function parse(...argv: string[]) {
  const parsed = parseFlags(argv, known);
  if (parsed.kind !== 'parsed') throw new Error(`not parsed: ${parsed.kind}`);
  return parsed;
}

test.for([
  [['-token', 'x']],
  [['--token', 'x']],
  [['-token=x']],
  [['--token=x']],
  [['-token=wrong', '-token', 'x']],
] as const)('%j gives the token', ([argv]) => {
  expect(parse(...argv).flags.text('token')).toBe('x');
});

test('a switch is on by its name and off by its value', () => {
  expect(parse('-deny').flags.on('deny')).toBe(true);
  expect(parse('-deny=false').flags.on('deny')).toBe(false);
  expect(parse().flags.on('deny')).toBe(false);
});

test.for(['1', 't', 'TRUE', 'True'])('a switch is on by %s, as Go writes it', (value) => {
  expect(parse(`-deny=${value}`).flags.on('deny')).toBe(true);
});

test('a number is whole and not negative', () => {
  expect(parse('-port', '8080').flags.number('port')).toBe(8080);
  expect(parse().flags.number('port')).toBeUndefined();
});

test('where an argument begins another command line, nothing behind it is read', () => {
  const argv = ['-token', 'x', 'run', '-deny', '--', '-nope'];
  const read = parseFlags(argv, known, { untilArgument: true });
  expect(read.kind === 'parsed' && [read.args, read.rest]).toEqual([
    ['run', '-deny', '--', '-nope'],
    [],
  ]);
});

test('a value may begin with a dash, be empty, or hold equals signs and lines', () => {
  expect(parse('-token', '-x').flags.text('token')).toBe('-x');
  expect(parse('-token=').flags.text('token')).toBe('');
  expect(parse('-token=a=b\nc').flags.text('token')).toBe('a=b\nc');
});

test('a list keeps every value in order', () => {
  expect(parse('-meta', 'a=1', '-meta=b=2').flags.list('meta')).toEqual(['a=1', 'b=2']);
});

test('flags stand before, between or behind arguments, and end at two dashes', () => {
  const { flags, args, rest } = parse('web', '-deny', 'db', '--', '-l', 'debug');
  expect(flags.on('deny')).toBe(true);
  expect(args).toEqual(['web', 'db']);
  expect(rest).toEqual(['-l', 'debug']);
});

test('a dash alone is an argument', () => {
  expect(parse('-').args).toEqual(['-']);
});

test.for([
  [['-h'], { kind: 'help' }],
  [['--help'], { kind: 'help' }],
  [['-dney'], { kind: 'unknown', name: 'dney' }],
  [['-dney=1'], { kind: 'unknown', name: 'dney' }],
  [['-token'], { kind: 'wrong', message: 'flag -token needs a value' }],
  ...['-1', 'x', '', '1.5', '9007199254740993'].map(
    (value) =>
      [
        [`-port=${value}`],
        { kind: 'wrong', message: `invalid value "${value}" for flag -port: it must be a number` },
      ] as const,
  ),
  [
    ['-format', 'x'],
    {
      kind: 'wrong',
      message: 'invalid value "x" for flag -format: it must be pretty, json or yaml',
    },
  ],
  [
    ['-deny=maybe'],
    { kind: 'wrong', message: 'flag -deny is on or off: "maybe" is neither true nor false' },
  ],
] as const)('%j is %j', ([argv, outcome]) => {
  expect(parseFlags(argv, known)).toEqual(outcome);
});
