import type { Literal, Selector } from './expression.ts';
import { isBlank, type Scanner } from './scanner.ts';
import { unquote, unquoteRaw } from './string-literal.ts';

/** A selector: names joined by dots, and keys of any kind in brackets. */
export function parseSelector(scanner: Scanner): Selector | undefined {
  const { offset } = scanner;
  const path: string[] = [];
  let name = parseName(scanner);
  while (name !== undefined) {
    path.push(name);
    if (scanner.current === '.') {
      scanner.offset += 1;
      name = parseName(scanner);
    } else if (scanner.current === '[') name = parseKey(scanner);
    else return { path, offset };
  }
  return undefined;
}

/** A value: a text, a number, or a word, which is read as a selector is. */
export function parseLiteral(scanner: Scanner): Literal | undefined {
  const { offset, current } = scanner;
  if (current === '"' || current === '`') return parseText(scanner);
  if (isDigit(current) || current === '-') return parseNumber(scanner);
  if (!isLetter(current)) {
    scanner.expected('a value');
    return undefined;
  }
  const word = parseSelector(scanner);
  return word && { text: word.path.join('.'), offset };
}

function parseName(scanner: Scanner): string | undefined {
  if (!isLetter(scanner.current)) {
    scanner.expected('a name that starts with a letter');
    return undefined;
  }
  return scanner.takeWhile(isNameUnit);
}

/** A key in brackets, always in quotes. */
function parseKey(scanner: Scanner): string | undefined {
  scanner.offset += 1;
  scanner.takeWhile(isBlank);
  if (scanner.current !== '"' && scanner.current !== '`') {
    scanner.refuse('in brackets stands a key in quotes, as in Meta["odd key"]');
    return undefined;
  }
  const key = parseText(scanner);
  if (key === undefined) return undefined;
  scanner.takeBlanks();
  return scanner.take(']') ? key.text : undefined;
}

/** A text in quotes; the first quote of the same kind ends it. */
function parseText(scanner: Scanner): Literal | undefined {
  const { offset, current: quote, text } = scanner;
  const end = text.indexOf(quote, offset + 1);
  if (end === -1) {
    scanner.refuse(`the text that starts with ${quote} is not ended`, text.length);
    return undefined;
  }
  const inner = text.slice(offset + 1, end);
  const unquoted = quote === '`' ? unquoteRaw(inner) : unquote(inner);
  if ('problem' in unquoted) {
    scanner.refuse(unquoted.problem, offset);
    return undefined;
  }
  scanner.offset = end + 1;
  return { text: unquoted.text, offset };
}

/** A number is kept as it was written: what it means depends on what it is compared with. */
function parseNumber(scanner: Scanner): Literal | undefined {
  const { offset } = scanner;
  if (scanner.current === '-') scanner.offset += 1;
  if (!isDigit(scanner.current)) {
    scanner.expected('a digit');
    return undefined;
  }
  if (scanner.current === '0') scanner.offset += 1;
  else scanner.takeWhile(isDigit);
  if (scanner.current === '.' && isDigit(scanner.text[scanner.offset + 1] ?? '')) {
    scanner.offset += 1;
    scanner.takeWhile(isDigit);
  }
  if (!scanner.ended && !isBlank(scanner.current) && scanner.current !== ')') {
    scanner.refuse('this is no number: a text that starts with a digit stands in quotes');
    return undefined;
  }
  return { text: scanner.text.slice(offset, scanner.offset), offset };
}

/** Names start with one, words too. */
export function isLetter(unit: string): boolean {
  return unit.length === 1 && ((unit >= 'a' && unit <= 'z') || (unit >= 'A' && unit <= 'Z'));
}

function isDigit(unit: string): boolean {
  return unit.length === 1 && unit >= '0' && unit <= '9';
}

/** Names go on with them. */
export function isNameUnit(unit: string): boolean {
  return isLetter(unit) || isDigit(unit) || unit === '_';
}
