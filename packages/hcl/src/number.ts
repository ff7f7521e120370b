import { type Cursor, quoted } from './cursor.ts';
import type { Position } from './document.ts';

/** The value of a numeral that was read at a position: hexadecimal, octal (`017`), whole or with a fraction. */
export function readNumber(cursor: Cursor, digits: string, position: Position): number | undefined {
  const sign = digits.startsWith('-') ? -1 : 1;
  const value = magnitude(digits.replace(/^-/, ''));
  const whole = !/[.e]/i.test(digits) || /x/i.test(digits);
  if (value === undefined)
    cursor.report(`${quoted(digits)} is no number${octalHint(digits)}`, position);
  else if (!Number.isFinite(value) || (whole && !Number.isSafeInteger(value))) {
    cursor.report('this number is too large to be kept exactly: put it in quotes', position);
  } else return value === 0 ? 0 : sign * value;
  return undefined;
}

function magnitude(digits: string): number | undefined {
  if (/^0[xX]/.test(digits)) return digits.length > 2 ? Number(digits) : undefined;
  if (/^0\d+$/.test(digits)) {
    return /[89]/.test(digits) ? undefined : Number.parseInt(digits, 8);
  }
  return /[eE][+-]?$/.test(digits) ? undefined : Number(digits);
}

function octalHint(digits: string): string {
  return /^-?0\d/.test(digits) ? ': a leading 0 means octal' : '';
}
