import { withoutPrivateKeys } from '@chancery/envoy-api';

/**
 * A JSON value with every private key in its texts left out, also those within text that is JSON itself. A value
 * that has none, as most have, is given back as it is.
 */
export function redacted<T>(value: T): T {
  return redactedValue(value) as T;
}

function redactedValue(value: unknown): unknown {
  if (typeof value === 'string') return withoutPrivateKeys(value);
  if (typeof value !== 'object' || value === null) return value;
  return Array.isArray(value) ? redactedList(value) : redactedObject(value);
}

function redactedList(list: readonly unknown[]): readonly unknown[] {
  const redactions = list.map(redactedValue);
  return redactions.every((each, at) => Object.is(each, list[at])) ? list : redactions;
}

function redactedObject(object: object): object {
  let redactions: Map<string, unknown> | undefined;
  for (const [key, value] of Object.entries(object)) {
    const inner = redactedValue(value);
    if (Object.is(inner, value)) continue;
    redactions ??= new Map(Object.entries(object));
    redactions.set(key, inner);
  }
  return redactions === undefined ? object : Object.fromEntries(redactions);
}
