/** What stands in the place of a private key. */
const instead = '[private key]';

const privateKey = /-----BEGIN ([A-Z ]*)PRIVATE KEY-----[\s\S]*?(-----END \1PRIVATE KEY-----|$)/g;

/** A JSON value with every private key in its texts left out, also those within text that is JSON itself. */
export function redacted<T>(value: T): T {
  return redactedValue(value) as T;
}

function redactedValue(value: unknown): unknown {
  if (typeof value === 'string') {
    return value.includes('PRIVATE KEY-----') ? value.replace(privateKey, instead) : value;
  }
  if (Array.isArray(value)) return value.map(redactedValue);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, redactedValue(inner)]),
  );
}
