import { compileExpression, type Unfit } from './compile-expression.ts';
import { type FilterFailure, parseFilter } from './parse-filter.ts';
import type { RecordShape } from './record-shape.ts';
import type { MayGoOn } from './regular-expression.ts';
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
 *
 * A regular expression may take long over long texts: `mayGoOn` is asked before each text, and once it says no, nothing
 * that is answered counts.
 */
export function compileFilter(
  expression: string,
  shape: RecordShape,
  mayGoOn: MayGoOn = always,
): CompiledFilter {
  const parsed = parseFilter(expression);
  if (!parsed.ok) return { ...parsed, message: prefix + parsed.message };
  const compiled = compileExpression(parsed.expression, shape, mayGoOn);
  return compiled.ok ? compiled : failure(expression, compiled);
}

const always = (): boolean => true;

function failure(text: string, { offset, message, remedy }: Unfit): FilterFailure {
  const { line, column } = positionAt(text, offset);
  const place = line === 1 ? `column ${column}` : `line ${line}, column ${column}`;
  const way = remedy === undefined ? '' : `: ${remedy}`;
  return { ok: false, line, column, message: `${prefix}${message} (${place})${way}` };
}
