import { coerceFlag, coerceNumber } from './coerce.ts';
import type { Expression } from './expression.ts';
import type { RecordShape } from './record-shape.ts';
import type { PatternCompiler } from './regular-expression.ts';
import { shown } from './shown.ts';

/** Whether a selected value, or an absent one, is what was asked for. */
export type ValueTest = (value: unknown) => boolean;

/** A test, or why there is none; `at` says whether the selector or the value is to blame. */
export type CompiledTest =
  | { readonly ok: true; readonly test: ValueTest }
  | {
      readonly ok: false;
      readonly at: 'selector' | 'literal';
      readonly message: string;
      readonly remedy?: string;
    };

type Question = Extract<Expression, { readonly kind: 'compare' | 'empty' }>;

/** The test of one comparison, before it is negated. `name` is the selector as it is shown. */
export function valueTest(
  question: Question,
  shape: RecordShape,
  name: string,
  compilePattern: PatternCompiler,
): CompiledTest {
  if (question.kind === 'empty') return emptyTest(question, shape, name);
  const { comparison, literal } = question;
  switch (comparison) {
    case 'equal':
      return typeof shape === 'string'
        ? equalTest(shape, literal.text, name)
        : unfit(question, name, shape);
    case 'contain':
      return containTest(question, shape, name);
    case 'match': {
      if (shape !== 'text') return unfit(question, name, shape);
      const pattern = compilePattern(literal.text);
      if (!pattern.ok) return { ok: false, at: 'literal', message: pattern.message };
      return accepted((value) => pattern.matches(textOf(value)));
    }
  }
}

function emptyTest(question: Question, shape: RecordShape, name: string): CompiledTest {
  if (typeof shape !== 'object' || 'fields' in shape) return unfit(question, name, shape);
  if ('list' in shape) return accepted((value) => !Array.isArray(value) || value.length === 0);
  return accepted((value) => typeof value !== 'object' || value === null || !hasKeys(value));
}

function containTest(
  question: Extract<Question, { readonly kind: 'compare' }>,
  shape: RecordShape,
  name: string,
): CompiledTest {
  const { text } = question.literal;
  if (shape === 'text') return accepted((value) => textOf(value).includes(text));
  if (typeof shape !== 'object' || 'fields' in shape) return unfit(question, name, shape);
  if ('map' in shape) {
    return accepted(
      (value) => typeof value === 'object' && value !== null && Object.hasOwn(value, text),
    );
  }
  if (typeof shape.list !== 'string') return unfit(question, name, shape);
  const equal = equalTest(shape.list, text, name);
  if (!equal.ok) return equal;
  return accepted((value) => Array.isArray(value) && value.some(equal.test));
}

function equalTest(shape: 'text' | 'number' | 'flag', text: string, name: string): CompiledTest {
  if (shape === 'text') return accepted((value) => textOf(value) === text);
  const wanted = shape === 'number' ? coerceNumber(text) : coerceFlag(text);
  if (!wanted.ok) {
    const message = `Failed to coerce value ${JSON.stringify(shown(text))} for selector "${name}": ${wanted.message}`;
    return { ok: false, at: 'literal', message };
  }
  const absent = shape === 'number' ? 0 : false;
  return accepted((value) => (value ?? absent) === wanted.value);
}

function accepted(test: ValueTest): CompiledTest {
  return { ok: true, test };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function hasKeys(value: object): boolean {
  for (const _key in value) return true;
  return false;
}

const operatorNames = {
  equal: ['Equal', 'Not Equal'],
  contain: ['In', 'Not In'],
  match: ['Matches', 'Not Matches'],
  empty: ['Is Empty', 'Is Not Empty'],
} as const;

/** Says that an operator makes no sense for what is selected, and which do. */
function unfit(question: Question, name: string, shape: RecordShape): CompiledTest {
  const key = question.kind === 'empty' ? 'empty' : question.comparison;
  const operator = operatorNames[key][question.negated ? 1 : 0];
  const message = `Invalid match operator "${operator}" for selector "${name}"`;
  return { ok: false, at: 'selector', message, remedy: `it is ${fitting(shape)}` };
}

function fitting(shape: RecordShape): string {
  if (shape === 'text') return 'a text; use ==, !=, contains, in or matches';
  if (shape === 'number') return 'a number; use == or !=';
  if (shape === 'flag') return 'true or false; use == or !=';
  if ('fields' in shape) {
    const fields = Object.keys(shape.fields).slice(0, 12).join(', ');
    return `an object; select one of its fields: ${fields}`;
  }
  if ('map' in shape) return 'a map; use contains, in or is empty, or select a key';
  if (typeof shape.list === 'string') return 'a list; use contains, in or is empty';
  return 'a list of objects; use is empty, or select a field of them';
}
