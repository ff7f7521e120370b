import type { Expression, Selector } from './expression.ts';
import type { RecordShape } from './record-shape.ts';
import { type MayGoOn, type PatternCompiler, patternCompiler } from './regular-expression.ts';
import { type Step, selectorTarget } from './selector-target.ts';
import { shown } from './shown.ts';
import { suggestSelector } from './suggest-selector.ts';
import { type ValueTest, valueTest } from './value-test.ts';

/** What in an expression does not fit the shape of the records. */
export interface Unfit {
  readonly ok: false;
  /** Where, in UTF-16 units. */
  readonly offset: number;
  readonly message: string;
  readonly remedy?: string;
}

/** An expression as a function of a record. */
export type CompiledExpression = { readonly ok: true; readonly matches: ValueTest } | Unfit;

/** Turns an expression into closures over the steps to each value, and reports the first part that does not fit. */
export function compileExpression(
  expression: Expression,
  shape: RecordShape,
  mayGoOn: MayGoOn,
): CompiledExpression {
  return compilePart(expression, shape, patternCompiler(mayGoOn));
}

type Question = Extract<Expression, { readonly kind: 'compare' | 'empty' }>;

function compilePart(
  expression: Expression,
  shape: RecordShape,
  compilePattern: PatternCompiler,
): CompiledExpression {
  switch (expression.kind) {
    case 'and':
    case 'or': {
      const tests: ValueTest[] = [];
      for (const term of expression.terms) {
        const compiled = compilePart(term, shape, compilePattern);
        if (!compiled.ok) return compiled;
        tests.push(compiled.matches);
      }
      return { ok: true, matches: joined(expression.kind, tests) };
    }
    case 'not': {
      const compiled = compilePart(expression.term, shape, compilePattern);
      if (!compiled.ok) return compiled;
      const { matches } = compiled;
      return { ok: true, matches: (record) => !matches(record) };
    }
    default:
      return compileQuestion(expression, shape, compilePattern);
  }
}

function joined(kind: 'and' | 'or', tests: readonly ValueTest[]): ValueTest {
  return kind === 'and'
    ? (record) => tests.every((test) => test(record))
    : (record) => tests.some((test) => test(record));
}

function compileQuestion(
  question: Question,
  shape: RecordShape,
  compilePattern: PatternCompiler,
): CompiledExpression {
  const { selector } = question;
  const target = selectorTarget(selector.path, shape);
  if (!target.ok) return unknownSelector(selector, target.understood, shape);
  const tested = valueTest(question, target.shape, shown(selector.path.join('.')), compilePattern);
  if (!tested.ok) {
    const { message, remedy } = tested;
    const { offset } =
      tested.at === 'literal' && question.kind === 'compare' ? question.literal : selector;
    return { ok: false, offset, message, ...(remedy !== undefined && { remedy }) };
  }
  const { test } = tested;
  const last: ValueTest = question.negated ? (value) => !test(value) : test;
  return { ok: true, matches: along(target.steps, last, isTrueWithoutKey(question)) };
}

function unknownSelector(selector: Selector, understood: number, shape: RecordShape): Unfit {
  const wrong = selector.path.slice(0, understood + 1).join('.');
  const message = `Selector "${shown(wrong)}" is not valid`;
  const remedy = suggestSelector(selector.path, understood, shape);
  return { ok: false, offset: selector.offset, message, ...(remedy !== undefined && { remedy }) };
}

/** What is answered about a map that does not have the key: recorded from Consul 1.20.1, `matches` too. */
function isTrueWithoutKey(question: Question): boolean {
  if (question.kind === 'empty') return !question.negated;
  return question.negated || question.comparison === 'match';
}

/** The test of a record that walks to the selected values and tests them. */
function along(steps: readonly Step[], last: ValueTest, withoutKey: boolean): ValueTest {
  return steps.reduceRight((next, step) => before(step, next, withoutKey), last);
}

function before({ kind, name }: Step, next: ValueTest, withoutKey: boolean): ValueTest {
  switch (kind) {
    case 'field':
      return (value) => next(isObject(value) ? value[name] : undefined);
    case 'key':
      return (value) =>
        isObject(value) && Object.hasOwn(value, name) ? next(value[name]) : withoutKey;
    case 'elements':
      return (value) => Array.isArray(value) && value.some(next);
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
