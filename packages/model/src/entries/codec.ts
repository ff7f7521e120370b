import { formatDuration } from '../duration.ts';
import {
  type Decoder,
  duration,
  flag,
  isObject,
  listOf,
  mapOf,
  oneOf,
  opaque,
  port,
  realNumber,
  text,
  wholeNumber,
} from '../primitives.ts';
import type { JsonObject, JsonValue } from '../proxy.ts';
import { report, type Scope, within } from '../scope.ts';

/** How a value is read from a document, and written as Consul prints it. */
export interface Codec<T> {
  readonly decode: Decoder<T>;
  readonly encode: (value: T) => unknown;
}

/** A value that is printed as it is held. */
export function plain<T>(decode: Decoder<T>): Codec<T> {
  return { decode, encode: (value) => value };
}

/** Any text. */
export const words: Codec<string> = plain(text);

/** One of a few words, which the check of the entry sees to: it knows Consul's words about others. */
export function word<T extends string>(): Codec<T> {
  return words as unknown as Codec<T>;
}

/** True or false. */
export const bool: Codec<boolean> = plain(flag);

/** A whole number that Go holds without a sign. */
export const count: Codec<number> = plain(wholeNumber(0, 2 ** 32 - 1));

/** A whole number that may be negative, for fields whose check says more. */
export const integer: Codec<number> = plain(wholeNumber(-(2 ** 31), 2 ** 31 - 1));

/** A port; 0 where none was chosen. */
export const portNumber: Codec<number> = plain(port);

/** A JSON object whose keys are kept as they were declared; printed in the order of its keys, as Go does. */
export const anything: Codec<JsonObject> = {
  decode: opaque,
  encode: (value) => sorted(value),
};

function sorted(value: JsonValue): JsonValue {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(sorted);
  const entries = sortedEntries(value as JsonObject);
  return Object.fromEntries(entries.map(([key, item]) => [key, sorted(item)]));
}

/** The name of a method, in capitals. */
export const method: Codec<string> = plain((value, scope) =>
  words.decode(value, scope)?.toUpperCase(),
);

/** Any number. */
export const number: Codec<number> = plain(realNumber);

/** Texts by free keys. */
export const labels: Codec<Readonly<Record<string, string>>> = dictionary(words);

/** One of a few words, or the empty text for none of them. */
export function choice<const T extends string>(...choices: readonly T[]): Codec<T> {
  const decode = oneOf(...choices);
  return plain((value, scope) => (value === '' ? undefined : decode(value, scope)));
}

/** A key that a client reads and sends back: it is printed and not read. */
export function shown<T>({ encode }: Pick<Codec<T>, 'encode'>): Codec<T> {
  return { decode: () => undefined, encode };
}

/** Go's durations are whole nanoseconds. */
const wholeDuration: Decoder<number> = (value, scope) => {
  const ms = duration(value, scope);
  return ms === undefined ? undefined : Math.round(ms * 1e6) / 1e6;
};

/** A duration in milliseconds that is printed as a number of nanoseconds. */
export const nanoseconds: Codec<number> = {
  decode: wholeDuration,
  encode: (ms) => Math.round(ms * 1e6),
};

/** A duration in milliseconds that is printed as a text such as `1m30s`. */
export const goDuration: Codec<number> = { decode: wholeDuration, encode: formatDuration };

/** A list in its order. */
export function list<T>(item: Codec<T>): Codec<readonly T[]> {
  return { decode: listOf(item.decode), encode: (items) => items.map(item.encode) };
}

/** Values by free keys; printed in the order of the keys, as Go does. */
export function dictionary<T>(item: Codec<T>): Codec<Readonly<Record<string, T>>> {
  const decode = mapOf(item.decode);
  return {
    decode: (value, scope) => decode(gathered(value, scope), scope),
    encode: (entries) =>
      Object.fromEntries(sortedEntries(entries).map(([key, value]) => [key, item.encode(value)])),
  };
}

/** One block of many: `subsets "v1" {} subsets "v2" {}` is a list of blocks of one key each in HCL. */
function gathered(value: unknown, scope: Scope): unknown {
  if (!Array.isArray(value) || value.length < 2 || !value.every(isObject)) return value;
  const found = new Map<string, unknown>();
  for (const [index, block] of value.entries()) {
    for (const [key, item] of Object.entries(block)) {
      const at = within(scope, index, key);
      if (found.has(key)) report(at, `"${key}" stands twice: keep one`, { code: 'duplicate' });
      found.set(key, item);
    }
  }
  return Object.fromEntries(found);
}

function sortedEntries<T>(entries: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(entries).sort(([a], [b]) => (a < b ? -1 : 1));
}
