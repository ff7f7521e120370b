import fc from 'fast-check';
import { expect, test } from 'vitest';
import { coerceFlag, coerceNumber } from './coerce.ts';

test('a number is what it was printed from, whatever its radix', () => {
  fc.assert(
    fc.property(fc.integer(), fc.constantFrom(2, 8, 10, 16), (value, radix) => {
      const prefix = { 2: '0b', 8: '0o', 10: '', 16: '0x' }[radix];
      const sign = value < 0 ? '-' : '';
      const text = `${sign}${prefix}${Math.abs(value).toString(radix)}`;
      expect(coerceNumber(text)).toEqual({ ok: true, value: value === 0 && sign ? 0 : value });
    }),
  );
});

test.each([
  '',
  '-',
  '+',
  '0x',
  '1__0',
  '_1',
  '1_',
  '0_',
  '08',
  '1e3',
  '1.0',
  ' 1',
  '0b2',
  '--1',
  '0x-1',
])('%j is no number', (text) => {
  expect(coerceNumber(text)).toEqual({
    ok: false,
    message: `strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`,
  });
});

test('numbers end where 64 bits end', () => {
  expect(coerceNumber('9223372036854775807').ok).toBe(true);
  expect(coerceNumber('-9223372036854775808').ok).toBe(true);
  const beyond = ['9223372036854775808', '-9223372036854775809', '9'.repeat(60_000)];
  for (const text of beyond) expect(JSON.stringify(coerceNumber(text))).toContain('out of range');
});

test('a truth value is what Go takes for one', () => {
  for (const text of ['1', 't', 'T', 'true', 'True', 'TRUE']) {
    expect(coerceFlag(text)).toEqual({ ok: true, value: true });
  }
  for (const text of ['0', 'f', 'F', 'false', 'False', 'FALSE']) {
    expect(coerceFlag(text)).toEqual({ ok: true, value: false });
  }
  for (const text of ['', 'tRUE', 'yes', 'on', '2']) expect(coerceFlag(text).ok).toBe(false);
});
