import { withoutPrivateKeys } from '@chancery/envoy-api';

/** A JSON value with every private key in its texts left out, also those within text that is JSON itself. */
export function redacted<T>(value: T): T {
  return redactedValue(value) as T;
}

function redactedValue(value: unknown): unknown {
  if (typeof value === 'string') return withoutPrivateKeys(value);
  if (Array.isArray(value)) return value.map(redactedValue);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, redactedValue(inner)]),
  );
}
