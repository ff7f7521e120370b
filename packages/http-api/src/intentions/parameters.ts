import { failure, type Reply } from '../reply.ts';

/** Two services that a request names. */
export interface Pair {
  readonly source: string;
  readonly destination: string;
}

/** Reads `?source=` and `?destination=`, or answers which is missing. */
export function pairOf(query: URLSearchParams): Pair | Reply {
  const source = required(query, 'source');
  const destination = required(query, 'destination');
  if (typeof source !== 'string') return source;
  if (typeof destination !== 'string') return destination;
  return { source, destination };
}

/** Reads a parameter that must be there. A name may be written with its namespace, `default/web`. */
export function required(query: URLSearchParams, name: string): string | Reply {
  const value = query.get(name) ?? '';
  if (value === '') return failure(500, `required query parameter '${name}' not set`);
  return bareName(value);
}

/** A name without namespace and partition, where these are the default ones. */
export function bareName(text: string): string | Reply {
  const parts = text.split('/');
  const name = parts.at(-1) ?? '';
  if (parts.length <= 3 && parts.slice(0, -1).every((part) => part === 'default')) return name;
  return failure(400, `"${text}" names a namespace or partition; only "default" exists here`);
}
