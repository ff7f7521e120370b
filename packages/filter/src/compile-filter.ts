import { compileExpression, type Unfit } from './compile-expression.ts';
import type { Expression } from './expression.ts';
import { type FilterFailure, parseFilter } from './parse-filter.ts';
import type { RecordShape } from './record-shape.ts';
import { positionAt } from './source-position.ts';

/** A filter that is ready to be used. */
export type CompiledFilter =
  | { readonly ok: true; readonly matches: (record: object) => boolean }
  | FilterFailure;

/** How Consul starts each complaint about a filter. */
const prefix = 'Failed to create boolean expression evaluator: ';

/**
 * Compiles a filter for records of a shape. Messages start as those of Consul 1.20 do. Never throws on any expression.
 *
 * What a negation means is Consul's too: `Checks.Status != "passing"` holds when any check is not passing, and so for no
 * record without checks; a map without the key holds for `!=`, `not in`, `not contains` and, odd as it is, for `matches` and
 * `not matches`. `not (…)` is always the opposite.
 */
export function compileFilter(expression: string, shape: RecordShape): CompiledFilter {
  const parsed = parseFilter(expression);
  if (!parsed.ok) return { ...parsed, message: prefix + parsed.message };
  return compileParsed(expression, parsed.expression, shape);
}

function compileParsed(text: string, expression: Expression, shape: RecordShape): CompiledFilter {
  const compiled = compileExpression(expression, shape);
  return compiled.ok ? compiled : failure(text, compiled);
}

function failure(text: string, { offset, message, remedy }: Unfit): FilterFailure {
  const { line, column } = positionAt(text, offset);
  const place = line === 1 ? `column ${column}` : `line ${line}, column ${column}`;
  const way = remedy === undefined ? '' : `: ${remedy}`;
  return { ok: false, line, column, message: `${prefix}${message} (${place})${way}` };
}
