import { parseComparison } from './comparison-parser.ts';
import type { Expression } from './expression.ts';
import { maximumDepth, maximumLength } from './limits.ts';
import { endOfExpression, Scanner } from './scanner.ts';

/** A filter, or what is wrong with its text. */
export type ParsedFilter = { readonly ok: true; readonly expression: Expression } | FilterFailure;

/** Why a text is no filter. */
export interface FilterFailure {
  readonly ok: false;
  /** From one. */
  readonly line: number;
  /** From one, in characters. */
  readonly column: number;
  readonly message: string;
}

/**
 * Reads an expression without a look at what it selects. The message of a failure starts with line, column and byte, as
 * Consul's does: `1:17 (16): …`. Never throws; takes time in proportion to the text.
 */
export function parseFilter(text: string): ParsedFilter {
  const scanner = new Scanner(text);
  const expression = text.length > maximumLength ? tooLong(scanner) : parseWhole(scanner);
  if (expression !== undefined) return { ok: true, expression };
  const { position, message } = scanner.failure;
  const { line, column, byte } = position;
  return { ok: false, line, column, message: `${line}:${column} (${byte}): ${message}` };
}

function tooLong(scanner: Scanner): undefined {
  const length = scanner.text.length;
  scanner.refuse(
    `the expression has ${length} characters, and ${maximumLength} are the most: filter by fewer things, or in parts`,
    0,
  );
}

function parseWhole(scanner: Scanner): Expression | undefined {
  scanner.takeBlanks();
  const expression = parseTerms(scanner, 'or', 0);
  if (expression === undefined) return undefined;
  scanner.takeBlanks();
  if (scanner.ended) return expression;
  scanner.expected(endOfExpression);
  return undefined;
}

/** Terms joined by `or`, which are terms joined by `and`, which are perhaps negated. */
function parseTerms(scanner: Scanner, word: 'and' | 'or', depth: number): Expression | undefined {
  const parseTerm = () =>
    word === 'or' ? parseTerms(scanner, 'and', depth) : parseNegation(scanner, depth);
  const first = parseTerm();
  if (first === undefined) return undefined;
  const terms = [first];
  for (;;) {
    const { offset } = scanner;
    const joined = scanner.takeBlanks() && scanner.take(word) && scanner.takeBlanks();
    const term = joined ? parseTerm() : undefined;
    if (term === undefined) {
      scanner.offset = offset;
      return terms.length === 1 ? first : { kind: word, terms };
    }
    terms.push(term);
  }
}

/** `not` negates what follows, unless that makes no sense: then it is a word like any other, as in `not in Tags`. */
function parseNegation(scanner: Scanner, depth: number): Expression | undefined {
  const { offset } = scanner;
  if (scanner.take('not') && scanner.takeBlanks() && mayNest(scanner, depth)) {
    const term = parseNegation(scanner, depth + 1);
    if (term !== undefined) return { kind: 'not', term };
  }
  scanner.offset = offset;
  return scanner.take('(') ? parseGroup(scanner, depth) : parseComparison(scanner);
}

function parseGroup(scanner: Scanner, depth: number): Expression | undefined {
  if (!mayNest(scanner, depth)) return undefined;
  scanner.takeBlanks();
  const expression = parseTerms(scanner, 'or', depth + 1);
  if (expression === undefined) return undefined;
  scanner.takeBlanks();
  if (scanner.ended) scanner.refuse('a parenthesis is not closed: add ")"');
  return scanner.take(')') ? expression : undefined;
}

function mayNest(scanner: Scanner, depth: number): boolean {
  if (depth < maximumDepth) return true;
  scanner.refuse(`parentheses and not nest at most ${maximumDepth} deep: write it flatter`);
  return false;
}
