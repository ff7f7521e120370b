import { parseDuration } from './duration.ts';
import type { JsonObject, JsonValue } from './proxy.ts';
import { report, type Scope, within } from './scope.ts';

/**
 * Reads one value. Undefined means that it could not, and that the reason was reported: callers go on with
 * what is there, so that every mistake of a document is found at once.
 */
export interface Decoder<T> {
  (value: unknown, scope: Scope): T | undefined;
  /** The keys of the block that is read, or of each block of a list. */
  readonly fields?: Readonly<Record<string, object>>;
}

/** A decoder that tells the keys of another, which it reads by. */
export function tellingKeysOf<T>(inner: Decoder<unknown>, decode: Decoder<T>): Decoder<T> {
  return inner.fields === undefined ? decode : Object.assign(decode, { fields: inner.fields });
}

/** What a value is, in the words of a message: `the number 5`, `a list`. */
export function describe(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a block';
  if (typeof value === 'string') return value.length > 40 ? 'a text' : JSON.stringify(value);
  return `the ${typeof value} ${String(value)}`;
}

function mismatch(scope: Scope, expected: string, value: unknown): undefined {
  const found = `expected ${expected}, found ${describe(value)}`;
  return report(scope, found + quotesHint(expected, value), { code: 'wrong-type' });
}

/** A number in quotes is the most common slip; say so. */
function quotesHint(expected: string, value: unknown): string {
  const numeric = typeof value === 'string' && /^-?\d+$/.test(value);
  if (expected.includes('number') && numeric) return ': remove the quotes';
  if (expected === 'a text' && ['number', 'boolean'].includes(typeof value))
    return ': put it in quotes';
  return '';
}

/** Any text. */
export const text: Decoder<string> = (value, scope) => {
  if (typeof value === 'string') return value;
  if (scope.weak && typeof value === 'number') return String(value);
  if (scope.weak && typeof value === 'boolean') return value ? '1' : '0';
  return mismatch(scope, 'a text', value);
};

/** A text of at least one character that is not a space. */
export const filledText: Decoder<string> = (value, scope) => {
  const found = text(value, scope);
  if (found === undefined || found.trim() !== '') return found;
  return report(scope, 'must not be empty');
};

const goBooleans = new Map([
  ...['1', 't', 'T', 'TRUE', 'true', 'True'].map((word) => [word, true] as const),
  ...['0', 'f', 'F', 'FALSE', 'false', 'False', ''].map((word) => [word, false] as const),
]);

/** True or false. */
export const flag: Decoder<boolean> = (value, scope) => {
  if (typeof value === 'boolean') return value;
  if (scope.weak && typeof value === 'number') return value !== 0;
  const word = scope.weak && typeof value === 'string' ? goBooleans.get(value) : undefined;
  return word ?? mismatch(scope, 'true or false', value);
};

function numberIn(value: unknown, scope: Scope): number | undefined {
  if (typeof value === 'number') return value;
  if (!scope.weak || typeof value !== 'string') return undefined;
  return /^[+-]?\d+$/.test(value) ? Number(value) : undefined;
}

/** A whole number between two bounds, both included. */
export function wholeNumber(minimum: number, maximum: number): Decoder<number> {
  return (value, scope) => {
    const found = numberIn(value, scope);
    if (found === undefined || !Number.isInteger(found)) {
      return mismatch(scope, 'a whole number', value);
    }
    if (found >= minimum && found <= maximum) return found;
    const bounds =
      maximum >= Number.MAX_SAFE_INTEGER ? `${minimum} or more` : `${minimum} to ${maximum}`;
    return report(scope, `${found} is out of range: it must be ${bounds}`);
  };
}

/** Any number, also with digits behind the point. */
export const realNumber: Decoder<number> = (value, scope) => {
  const weak = scope.weak && typeof value === 'string' && /^[+-]?\d+(?:\.\d+)?$/.test(value);
  const found = weak ? Number(value) : value;
  if (typeof found === 'number' && Number.isFinite(found)) return found;
  return mismatch(scope, 'a number', value);
};

/** A port; 0 where none was chosen yet. */
export const port: Decoder<number> = wholeNumber(0, 65535);

/** A duration in milliseconds, from `"1m30s"`; over HTTP and in a proxy's config also from a number of nanoseconds. */
export const duration: Decoder<number> = (value, scope) => {
  if (typeof value === 'string') {
    const ms = parseDuration(value);
    if (ms !== undefined) return ms;
    return report(
      scope,
      `${describe(value)} is no duration: write it like "10s", "1m30s" or "500ms"`,
    );
  }
  const nanoseconds = scope.casing === 'http' || scope.weak;
  if (nanoseconds && typeof value === 'number') return value / 1e6;
  return mismatch(scope, 'a duration such as "10s"', value);
};

/** A list of what `item` reads. A single block stands for a list of one, as HCL writes it. */
export function listOf<T>(item: Decoder<T>): Decoder<readonly T[]> {
  return tellingKeysOf(item, (value, scope) => {
    const entries = Array.isArray(value) ? value : isObject(value) ? [value] : undefined;
    if (entries === undefined) return mismatch(scope, 'a list', value);
    return entries
      .map((entry, index) => item(entry, within(scope, index)))
      .filter((entry) => entry !== undefined);
  });
}

/** A map from free keys to what `item` reads. */
export function mapOf<T>(item: Decoder<T>): Decoder<Readonly<Record<string, T>>> {
  return (value, scope) => {
    const block = soleBlock(value, scope);
    if (block === undefined) return undefined;
    const entries: [string, T][] = [];
    for (const [key, entry] of Object.entries(block)) {
      const found = item(entry, within(scope, key));
      if (found !== undefined) entries.push([key, found]);
    }
    return Object.fromEntries(entries);
  };
}

const maximumDepth = 64;

/** A JSON object, kept as it was declared. Bounded in depth, so that nothing downstream runs out of stack. */
export const opaque: Decoder<JsonObject> = (value, scope) => {
  const block = soleBlock(value, scope);
  if (block === undefined) return undefined;
  if (deeperThan(block, maximumDepth)) {
    return report(scope, `nested more than ${maximumDepth} levels deep`);
  }
  return block as { [key: string]: JsonValue };
};

function deeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((entry) => deeperThan(entry, levels - 1));
}

/** One of a few words. */
export function oneOf<const T extends string>(...words: readonly T[]): Decoder<T> {
  return (value, scope) => {
    const found = words.find((word) => word === value);
    if (found !== undefined) return found;
    const list = words.map((word) => `"${word}"`).join(' or ');
    return report(scope, `expected ${list}, found ${describe(value)}`);
  };
}

/**
 * The one block that is meant, be it written as a block or, in a file, as a list of one. In a body a list is no
 * block, but in that of a config entry, which Consul reads like a file.
 */
export function soleBlock(value: unknown, scope: Scope): Record<string, unknown> | undefined {
  if (isObject(value)) return value;
  if (scope.casing === 'http' && !scope.weak) return mismatch(scope, 'a block', value);
  if (Array.isArray(value) && value.length === 1 && isObject(value[0])) return value[0];
  if (Array.isArray(value) && value.length > 1 && value.every(isObject)) {
    const message = `declared ${value.length} times: merge them into one block`;
    return report(scope, message, { code: 'duplicate' });
  }
  return mismatch(scope, 'a block', value);
}

/** Whether a value is a JSON object. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
