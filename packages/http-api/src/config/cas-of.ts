import { failure, type Reply } from '../reply.ts';

/** What `?cas=` asks for: a revision, or nothing. */
export type Cas = { readonly cas?: number };

/** Reads `?cas=`, or answers that it is no index. */
export function casOf(query: URLSearchParams): Cas | Reply {
  const text = query.get('cas') ?? '';
  if (text === '') return {};
  if (/^\d{1,15}$/.test(text)) return { cas: Number(text) };
  return failure(400, `Invalid cas: ${JSON.stringify(text)} is no index`);
}
