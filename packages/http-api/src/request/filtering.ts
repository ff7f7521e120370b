import { compileFilter, type RecordShape } from '@chancery/filter';
import { failure, type Reply } from '../reply.ts';
import type { Matches } from '../route.ts';

/** What to leave of a list; all of it without an expression. */
export type Filtering =
  | { readonly ok: true; readonly matches?: Matches }
  | { readonly ok: false; readonly reply: Reply };

const everything: Filtering = { ok: true };

/** Queries are shared by requests with the same first line, and each goes to one route. */
const compiled = new WeakMap<URLSearchParams, Filtering>();

/** Reads `?filter=` for a list of such records. */
export function filteringOf(query: URLSearchParams, shape: RecordShape | undefined): Filtering {
  if (shape === undefined) return everything;
  const expression = query.get('filter') ?? '';
  if (expression === '') return everything;
  const before = compiled.get(query);
  if (before !== undefined) return before;
  const filtering = compile(expression, shape);
  compiled.set(query, filtering);
  return filtering;
}

/** Refused as Consul refuses it, and in its words: scripts look for them. */
function compile(expression: string, shape: RecordShape): Filtering {
  const filter = compileFilter(expression, shape);
  return filter.ok ? filter : { ok: false, reply: failure(500, filter.message) };
}
