import type { Expression, Selector } from './expression.ts';
import { isLetter, isNameUnit } from './operand-parser.ts';

/** An expression as text that reads back as the same expression: `in` is written as `contains`. */
export function printFilter(expression: Expression): string {
  switch (expression.kind) {
    case 'and':
    case 'or':
      return expression.terms.map((term) => printTerm(term)).join(` ${expression.kind} `);
    case 'not':
      return `not ${printTerm(expression.term)}`;
    case 'empty':
      return `${printSelector(expression.selector)} is ${expression.negated ? 'not ' : ''}empty`;
    case 'compare': {
      const { selector, comparison, negated, literal } = expression;
      const operator = operators[comparison][negated ? 1 : 0];
      return `${printSelector(selector)} ${operator} ${quote(literal.text)}`;
    }
  }
}

const operators = {
  equal: ['==', '!='],
  contain: ['contains', 'not contains'],
  match: ['matches', 'not matches'],
} as const;

/** Parentheses around what is joined, whether or not they are needed: nobody has to know the precedence. */
function printTerm(term: Expression): string {
  return term.kind === 'and' || term.kind === 'or' ? `(${printFilter(term)})` : printFilter(term);
}

/** A selector as text: names with dots, other keys in brackets. */
export function printSelector({ path }: Pick<Selector, 'path'>): string {
  const [first = '', ...rest] = path;
  return rest.reduce(
    (text, name) => text + (isName(name) ? `.${name}` : `[${quote(name)}]`),
    first,
  );
}

function isName(text: string): boolean {
  return isLetter(text[0] ?? '') && [...text].every(isNameUnit);
}

/** Double quotes cannot be escaped inside double quotes, so they are written as bytes. */
function quote(text: string): string {
  const escaped = text.replaceAll(/[\\"\n\r]/g, (unit) => {
    if (unit === '"') return '\\x22';
    if (unit === '\n') return '\\n';
    return unit === '\r' ? '\\r' : '\\\\';
  });
  return `"${escaped}"`;
}
