import { type Cursor, quoted } from './cursor.ts';
import type { Position } from './document.ts';
import { readHclString } from './hcl-string.ts';
import type { Token } from './hcl-token.ts';
import { readHeredoc } from './heredoc.ts';
import { readNumber } from './number.ts';

const blank = /[ \t\n\r\f\v]+|(?:#|\/\/)[^\n]*/y;
const name = /[\p{L}_][\p{L}\p{Nd}_.-]*/uy;
const singleQuoted = /'[^'\n]*'/y;
const numeral = /-?(?:0[xX][0-9a-fA-F]*|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d*)?)/y;

/** Passes spaces and comments, and reads the next token. */
export function nextToken(cursor: Cursor): Token {
  skipBlank(cursor);
  const position = cursor.position;
  if (cursor.ended) return { kind: 'end', position };
  const unit = cursor.peek();
  switch (unit) {
    case '{':
    case '}':
    case '[':
    case ']':
    case '=':
    case ',':
      cursor.take(1);
      return { kind: unit, position };
    case '"':
      return { kind: 'string', value: readHclString(cursor), position };
    case '<':
      return heredocToken(cursor, position);
    default:
      return wordToken(cursor, position);
  }
}

function skipBlank(cursor: Cursor): void {
  while (cursor.match(blank) !== '' || cursor.startsWith('/*')) {
    if (cursor.startsWith('/*')) skipComment(cursor);
  }
}

function skipComment(cursor: Cursor): void {
  const position = cursor.position;
  const end = cursor.text.indexOf('*/', cursor.offset + 2);
  if (end < 0) cursor.giveUp('this comment is never closed: end it with "*/"', position);
  cursor.take(end + 2 - cursor.offset);
}

function heredocToken(cursor: Cursor, position: Position): Token {
  const value = readHeredoc(cursor);
  return value === undefined ? { kind: 'wrong', position } : { kind: 'string', value, position };
}

function wordToken(cursor: Cursor, position: Position): Token {
  const word = cursor.match(name);
  if (word !== '') return { kind: 'name', text: word, position };
  const digits = cursor.match(numeral);
  if (digits !== '') {
    const value = readNumber(cursor, digits, position);
    return value === undefined ? { kind: 'wrong', position } : { kind: 'number', value, position };
  }
  return strangeToken(cursor, position);
}

const advice = new Map([
  ["'", 'texts stand in double quotes: "…"'],
  [':', 'write key = value'],
  [';', 'put each key on a line of its own'],
  ['(', 'there are no expressions or functions here'],
  ['+', 'there are no expressions here: write the value itself'],
  ['-', 'there are no expressions here: write the value itself'],
]);

function strangeToken(cursor: Cursor, position: Position): Token {
  const character = String.fromCodePoint(cursor.text.codePointAt(cursor.offset) ?? 0);
  // A text in single quotes is one mistake, not two.
  if (cursor.match(singleQuoted) === '') cursor.take(character.length);
  const way = advice.get(character);
  const message = `unexpected character ${quoted(character)}`;
  cursor.report(way === undefined ? message : `${message}: ${way}`, position);
  return { kind: 'wrong', position };
}
