import type { Issue } from '@chancery/model';

/** A body, or a part of one, by the names that Consul has for its keys. */
export type Fields = Readonly<Record<string, unknown>>;

/** What may stand at a key. */
export type Kind = 'text' | 'truth' | 'texts' | 'object' | 'list' | 'any';

/**
 * Reads an object: its keys without regard to case, as Consul reads them, and none but those that it knows. What
 * is wrong is added to the issues.
 */
export function fieldsOf(
  value: unknown,
  keys: Readonly<Record<string, Kind>>,
  path: Issue['path'],
  issues: Issue[],
): Fields {
  if (!isObject(value)) {
    issues.push({ path, message: 'must be an object', code: 'wrong-type' });
    return {};
  }
  const names = new Map(Object.keys(keys).map((name) => [name.toLowerCase(), name]));
  const fields: Record<string, unknown> = {};
  for (const [key, held] of Object.entries(value)) {
    const name = names.get(key.toLowerCase());
    const kind = name === undefined ? undefined : keys[name];
    const at = [...path, key];
    if (name === undefined || kind === undefined) {
      issues.push({ path: at, message: `unknown key "${key}"`, code: 'unknown-key', key });
    } else if (held !== null && !isKind(held, kind)) {
      issues.push({ path: at, message: `must be ${kindNames[kind]}`, code: 'wrong-type' });
    } else {
      fields[name] = held;
    }
  }
  return fields;
}

/** The text at a key; empty where there is none. */
export function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** The texts at a key; none where there are none. */
export function texts(value: unknown): Readonly<Record<string, string>> {
  return (value ?? {}) as Readonly<Record<string, string>>;
}

const kindNames: Readonly<Record<Kind, string>> = {
  text: 'a text',
  truth: 'true or false',
  texts: 'an object of texts',
  object: 'an object',
  list: 'a list',
  any: 'anything',
};

function isKind(value: unknown, kind: Kind): boolean {
  switch (kind) {
    case 'text':
      return typeof value === 'string';
    case 'truth':
      return typeof value === 'boolean';
    case 'list':
      return Array.isArray(value);
    case 'object':
      return isObject(value);
    case 'texts':
      return isObject(value) && Object.values(value).every((each) => typeof each === 'string');
    case 'any':
      return true;
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
