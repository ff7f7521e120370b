import type { Comparison, Expression, Literal } from './expression.ts';
import { isLetter, parseLiteral, parseSelector } from './operand-parser.ts';
import type { Scanner } from './scanner.ts';

/** What can be done with a selector on the left, each but the first two behind a space. */
interface Operation {
  readonly comparison: Comparison | 'empty' | 'in';
  readonly negated: boolean;
}

/** One comparison: `Port == 80`, `Tags contains v1`, `v1 in Tags`, `Meta is empty`, `Name matches "^db"`. */
export function parseComparison(scanner: Scanner): Expression | undefined {
  const { offset, current } = scanner;
  if (!isLetter(current)) {
    scanner.expected('a selector');
    const literal = parseLiteral(scanner);
    return literal && parseMembership(scanner, literal);
  }
  const selector = parseSelector(scanner);
  const operation = selector && parseOperation(scanner);
  if (selector === undefined || operation === undefined) return undefined;
  const { comparison, negated } = operation;
  if (comparison === 'empty') return { kind: 'empty', selector, negated };
  if (comparison === 'in') {
    return contained(scanner, { text: selector.path.join('.'), offset }, negated);
  }
  const literal = parseLiteral(scanner);
  return literal && { kind: 'compare', selector, comparison, negated, literal };
}

/** What follows a value on the left: `in` or `not in`. */
function parseMembership(scanner: Scanner, literal: Literal): Expression | undefined {
  if (!scanner.takeBlanks()) return undefined;
  const negated = scanner.take('not');
  if (negated && !scanner.takeBlanks()) return undefined;
  if (!scanner.take('in') || !scanner.takeBlanks()) return undefined;
  return contained(scanner, literal, negated);
}

function contained(scanner: Scanner, literal: Literal, negated: boolean): Expression | undefined {
  const selector = parseSelector(scanner);
  return selector && { kind: 'compare', selector, comparison: 'contain', negated, literal };
}

/** The operator behind a selector, and the spaces up to what it is applied to. */
function parseOperation(scanner: Scanner): Operation | undefined {
  const spaced = scanner.takeBlanks();
  for (const [sign, negated] of [
    ['==', false],
    ['!=', true],
  ] as const) {
    if (scanner.take(sign)) {
      scanner.takeBlanks();
      return { comparison: 'equal', negated };
    }
  }
  return spaced ? parseWordOperation(scanner) : undefined;
}

function parseWordOperation(scanner: Scanner): Operation | undefined {
  if (scanner.take('is')) return parseEmptiness(scanner);
  const negated = scanner.take('not');
  if (negated && !scanner.takeBlanks()) return undefined;
  for (const [word, comparison] of wordOperators) {
    if (scanner.take(word)) return scanner.takeBlanks() ? { comparison, negated } : undefined;
  }
  return undefined;
}

const wordOperators = [
  ['contains', 'contain'],
  ['matches', 'match'],
  ['in', 'in'],
] as const;

function parseEmptiness(scanner: Scanner): Operation | undefined {
  if (!scanner.takeBlanks()) return undefined;
  const negated = scanner.take('not');
  if (negated && !scanner.takeBlanks()) return undefined;
  return scanner.take('empty') ? { comparison: 'empty', negated } : undefined;
}
