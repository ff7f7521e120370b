import { type Cursor, quoted } from './cursor.ts';

const plain = /[^"\\\n$]+/y;
const insideBraces = /[^{}]+/y;

/** Reads a text in double quotes. What stands in `${…}` is kept as it is written, quotes and escapes included. */
export function readHclString(cursor: Cursor): string {
  const start = cursor.position;
  cursor.take(1);
  const parts: string[] = [];
  while (!cursor.ended && cursor.peek() !== '\n') {
    if (cursor.peek() === '"') {
      cursor.take(1);
      return parts.join('');
    }
    if (cursor.startsWith('${')) parts.push(readInterpolation(cursor));
    else if (cursor.peek() === '\\') parts.push(readEscape(cursor));
    else parts.push(cursor.match(plain) || cursor.take(1));
  }
  cursor.report('this text is never closed: end it with " on the same line', start);
  return parts.join('');
}

function readInterpolation(cursor: Cursor): string {
  const start = cursor.position;
  const parts = [cursor.take(2)];
  let depth = 1;
  while (depth > 0) {
    if (cursor.ended) cursor.giveUp('this "$" and "{" are never closed: end them with "}"', start);
    const passed = cursor.match(insideBraces);
    parts.push(passed);
    if (passed !== '' && cursor.ended) continue;
    depth += cursor.peek() === '{' ? 1 : -1;
    parts.push(cursor.take(1));
  }
  return parts.join('');
}

const simple = new Map([
  ['a', '\u0007'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
  ['\\', '\\'],
  ['"', '"'],
]);

const numeric = /\\(?:[0-7]{3}|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})/y;

function readEscape(cursor: Cursor): string {
  const start = cursor.position;
  const known = simple.get(cursor.peek(1));
  if (known !== undefined) {
    cursor.take(2);
    return known;
  }
  const code = cursor.match(numeric);
  const point = code === '' ? Number.NaN : codePointOf(code);
  // Half of a surrogate pair is no character.
  if (point <= 0x10ffff && !(point >= 0xd800 && point <= 0xdfff))
    return String.fromCodePoint(point);
  const written = code === '' ? cursor.take(cursor.peek(1) === '\n' ? 1 : 2) : code;
  cursor.report(`${quoted(written)} means nothing in a text: write \\\\ for a backslash`, start);
  return '';
}

function codePointOf(code: string): number {
  const digits = code.slice(1);
  return /^[0-7]/.test(digits) ? Number.parseInt(digits, 8) : Number.parseInt(digits.slice(1), 16);
}
