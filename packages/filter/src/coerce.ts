import { shown } from './shown.ts';

/** A value that was read from a text, or why it was not; the words are those of Go, which scripts may look for. */
export type Coerced<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly message: string };

const largest = 2n ** 63n - 1n;
const smallest = -(2n ** 63n);

/**
 * A whole number of 64 bits as Go reads it: decimal, or with `0x`, `0o`, `0b` or `0` in front, and underscores between digits.
 * Beyond 2^53 it is rounded, as the numbers of the records are.
 */
export function coerceNumber(text: string): Coerced<number> {
  const value = wholeNumber(text);
  if (value === undefined) return refused('ParseInt', text, 'invalid syntax');
  if (value > largest || value < smallest) return refused('ParseInt', text, 'value out of range');
  return { ok: true, value: Number(value) };
}

const truths: readonly string[] = ['1', 't', 'T', 'TRUE', 'true', 'True'];
const untruths: readonly string[] = ['0', 'f', 'F', 'FALSE', 'false', 'False'];

/** A truth value as Go reads it: `true`, `True`, `TRUE`, `t`, `T`, `1`, and the same for false. */
export function coerceFlag(text: string): Coerced<boolean> {
  if (truths.includes(text)) return { ok: true, value: true };
  if (untruths.includes(text)) return { ok: true, value: false };
  return refused('ParseBool', text, 'invalid syntax');
}

function refused(
  reader: string,
  text: string,
  why: string,
): { readonly ok: false; readonly message: string } {
  return {
    ok: false,
    message: `strconv.${reader}: parsing ${JSON.stringify(shown(text))}: ${why}`,
  };
}

/** Digits of more than these say more than 64 bits, whatever the radix. */
const mostDigits = 100;

function wholeNumber(text: string): bigint | undefined {
  const negative = text.startsWith('-');
  const unsigned = negative || text.startsWith('+') ? text.slice(1) : text;
  const { prefix, radix } = radixOf(unsigned);
  const digits = ungrouped(unsigned.slice(prefix.length), prefix !== '');
  if (digits === undefined || digits === '') return undefined;
  for (const digit of digits) if (Number.isNaN(Number.parseInt(digit, radix))) return undefined;
  const magnitude = digits.length > mostDigits ? largest + 2n : inRadix(digits, radix);
  return negative ? -magnitude : magnitude;
}

function radixOf(unsigned: string): { readonly prefix: string; readonly radix: number } {
  const prefix = unsigned.slice(0, 2).toLowerCase();
  if (prefix === '0x') return { prefix, radix: 16 };
  if (prefix === '0o') return { prefix, radix: 8 };
  if (prefix === '0b') return { prefix, radix: 2 };
  return unsigned.length > 1 && unsigned.startsWith('0')
    ? { prefix: '0', radix: 8 }
    : { prefix: '', radix: 10 };
}

/** Without its underscores, each of which stands between digits or right behind a prefix. */
function ungrouped(digits: string, prefixed: boolean): string | undefined {
  if (digits.includes('__') || digits.endsWith('_')) return undefined;
  if (digits.startsWith('_') && !prefixed) return undefined;
  return digits.replaceAll('_', '');
}

function inRadix(digits: string, radix: number): bigint {
  let value = 0n;
  for (const digit of digits) value = value * BigInt(radix) + BigInt(Number.parseInt(digit, radix));
  return value;
}
