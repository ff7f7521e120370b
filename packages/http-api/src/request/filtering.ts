import type { RecordShape } from '@chancery/filter';
import { failure, type Reply } from '../reply.ts';
import type { Matches } from '../route.ts';

/** What to leave of a list; all of it without an expression. */
export type Filtering =
  | { readonly ok: true; readonly matches?: Matches }
  | { readonly ok: false; readonly reply: Reply };

/** Reads `?filter=` for a list of such records. */
export function filteringOf(query: URLSearchParams, shape: RecordShape | undefined): Filtering {
  if (shape === undefined || (query.get('filter') ?? '') === '') return { ok: true };
  const text = 'Filter expressions are not supported: leave ?filter= away and filter the answer';
  return { ok: false, reply: failure(400, text) };
}
