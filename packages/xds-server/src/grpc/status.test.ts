import { expect, test } from 'vitest';
import { statusTrailers } from './status.ts';
import { timeoutMs } from './timeout.ts';

test('a status message is percent-encoded UTF-8, and printable text stays readable', () => {
  expect(statusTrailers({ code: 'NOT_FOUND', message: 'proxy "ü" 100%\n' })).toEqual({
    'grpc-status': '5',
    'grpc-message': 'proxy "%C3%BC" 100%25%0A',
  });
  expect(statusTrailers({ code: 'OK', message: '' })).toEqual({ 'grpc-status': '0' });
});

test.for([
  ['1H', 3_600_000],
  ['2M', 120_000],
  ['3S', 3000],
  ['4m', 4],
  ['5000u', 5],
  ['6000000n', 6],
  ['99999999H', 2 ** 31 - 1],
  ['', undefined],
  ['5', undefined],
  ['S', undefined],
  ['-1S', undefined],
  ['1s', undefined],
  ['123456789S', undefined],
] as const)('the timeout "%s" is %s ms', ([header, expected]) => {
  expect(timeoutMs(header)).toBe(expected);
});
