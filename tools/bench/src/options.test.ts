import { expect, test } from 'vitest';
import { parseOptions } from './options.ts';

const measures = ['start', 'deny'];

test('all measures are run unless some are named', () => {
  expect(parseOptions([], measures)).toEqual({
    only: [],
    json: false,
    streams: 1000,
    rounds: 10,
    registrations: 10_000,
  });
  const args = ['--peer', '/opt/consul', '--only', 'deny', '--only', 'start', '--streams', '10'];
  expect(parseOptions(args, measures)).toMatchObject({
    peer: '/opt/consul',
    only: ['deny', 'start'],
    streams: 10,
  });
});

test.for([
  [['--only', 'nope'], 'there is no measure "nope", only start, deny'],
  [['--rounds', '0'], '--rounds wants a number above 0, found "0"'],
  [['--streams', 'many'], '--streams wants a number above 0, found "many"'],
  [['--nope'], "Unknown option '--nope'"],
] as const)('%s is refused', ([args, message]) => {
  expect(() => parseOptions(args, measures)).toThrow(message);
});
