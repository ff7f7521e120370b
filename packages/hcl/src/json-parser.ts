import { Cursor, quoted, Unreadable } from './cursor.ts';
import { type Member, maximumDepth, type Node, type Parsed, type Position } from './document.ts';
import { passString, readJsonString } from './json-string.ts';
import { readNumber } from './number.ts';

const space = /[ \t\n\r]+/y;
const numeral = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.+-])/y;
const word = /[\p{L}\p{N}_.+-]+/uy;

/** Reads a JSON object. A key that stands twice is an error: one of its values would be lost. Never throws. */
export function parseJson(text: string): Parsed {
  const cursor = new Cursor(text);
  try {
    skipSpace(cursor);
    const root = readValue(cursor, 0);
    skipSpace(cursor);
    if (!cursor.ended) cursor.report('expected nothing more: a file is one object');
    if (root !== undefined && root.kind !== 'object') {
      cursor.report('a file is one object: start it with "{"', root.position);
    } else if (root !== undefined && cursor.errors.length === 0) {
      return { ok: true, document: { root } };
    }
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
  }
  return { ok: false, errors: cursor.problems };
}

/** Passes spaces; a comment is reported and passed. */
function skipSpace(cursor: Cursor): void {
  while (
    cursor.match(space) !== '' ||
    /^(?:#|\/\/|\/\*)/.test(cursor.text.slice(cursor.offset, cursor.offset + 2))
  ) {
    if (/[#/]/.test(cursor.peek())) skipComment(cursor);
  }
}

function skipComment(cursor: Cursor): void {
  cursor.report('JSON has no comments: remove it, or name the file .hcl');
  const close = cursor.startsWith('/*') ? '*/' : '\n';
  const end = cursor.text.indexOf(close, cursor.offset);
  cursor.take(end < 0 ? cursor.text.length : end + close.length - cursor.offset);
}

function readValue(cursor: Cursor, depth: number): Node | undefined {
  const position = cursor.position;
  switch (cursor.peek()) {
    case '{':
    case '[':
      if (depth >= maximumDepth) cursor.giveUp(`nested more than ${maximumDepth} levels deep`);
      return cursor.peek() === '{' ? readObject(cursor, depth) : readList(cursor, depth);
    case '"': {
      const value = readJsonString(cursor);
      return value === undefined ? undefined : { kind: 'scalar', position, value };
    }
    default:
      return readWord(cursor, position);
  }
}

const words = new Map<string, boolean | null>([
  ['true', true],
  ['false', false],
  ['null', null],
]);

function readWord(cursor: Cursor, position: Position): Node | undefined {
  const digits = cursor.match(numeral);
  if (digits !== '') {
    const value = readNumber(cursor, digits, position);
    return value === undefined ? undefined : { kind: 'scalar', position, value };
  }
  const found = cursor.match(word);
  const value = words.get(found);
  if (value !== undefined) return { kind: 'scalar', position, value };
  const what = found === '' ? character(cursor) : quoted(found);
  cursor.report(`expected a value, found ${what}`, position);
  return undefined;
}

function character(cursor: Cursor): string {
  if (cursor.ended) return 'the end of the file';
  return quoted(String.fromCodePoint(cursor.text.codePointAt(cursor.offset) ?? 0));
}

function readObject(cursor: Cursor, depth: number): Node {
  const position = cursor.position;
  const members = new Map<string, Member>();
  readItems(cursor, '}', () => {
    const keyPosition = cursor.position;
    if (cursor.peek() !== '"') return expect(cursor, 'a key in double quotes');
    const key = readJsonString(cursor);
    skipSpace(cursor);
    if (cursor.peek() !== ':') return expect(cursor, '":"');
    cursor.take(1);
    skipSpace(cursor);
    const value = readValue(cursor, depth + 1);
    if (key === undefined || value === undefined) return value !== undefined;
    if (members.has(key)) cursor.report(`"${key}" is given twice: keep one`, keyPosition);
    members.set(key, { keyPosition, value });
    return true;
  });
  return { kind: 'object', position, members };
}

function readList(cursor: Cursor, depth: number): Node {
  const position = cursor.position;
  const items: Node[] = [];
  readItems(cursor, ']', () => {
    const item = readValue(cursor, depth + 1);
    if (item !== undefined) items.push(item);
    return item !== undefined;
  });
  return { kind: 'list', position, items };
}

function expect(cursor: Cursor, what: string): false {
  cursor.report(`expected ${what}, found ${character(cursor)}`);
  return false;
}

/** Reads items between commas up to the closing character; an item that cannot be read is passed over. */
function readItems(cursor: Cursor, close: '}' | ']', readItem: () => boolean): void {
  const open = cursor.position;
  cursor.take(1);
  skipSpace(cursor);
  while (cursor.peek() !== close) {
    if (!readItem()) passOver(cursor);
    skipSpace(cursor);
    endItem(cursor, open, close);
  }
  cursor.take(1);
}

/** Passes the comma after an item, or stops before the closing character. */
function endItem(cursor: Cursor, open: Position, close: '}' | ']'): void {
  if (cursor.ended) cursor.giveUp(`this is never closed: add "${close}"`, open);
  if (cursor.peek() === close) return;
  if (cursor.peek() !== ',') {
    expect(cursor, `"," or "${close}"`);
    passOver(cursor);
  }
  if (cursor.peek() === ',') takeComma(cursor, close);
  else if (cursor.peek() !== close) cursor.giveUp(`this is never closed: add "${close}"`, open);
}

function takeComma(cursor: Cursor, close: string): void {
  const position = cursor.position;
  cursor.take(1);
  skipSpace(cursor);
  if (cursor.peek() === close) cursor.report(`a comma before "${close}": remove it`, position);
}

const nothingSpecial = /[^"{}[\],]+/y;
const levels = new Map([
  ['{', 1],
  ['[', 1],
  ['}', -1],
  [']', -1],
]);

/** Passes over what cannot be read, up to the comma or bracket that ends it. */
function passOver(cursor: Cursor): void {
  let depth = 0;
  while (!cursor.ended) {
    cursor.match(nothingSpecial);
    const unit = cursor.peek();
    if (depth === 0 && /^[,}\]]$/.test(unit)) return;
    depth += levels.get(unit) ?? 0;
    if (unit === '"') passString(cursor);
    else cursor.take(1);
  }
}
