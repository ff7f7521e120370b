/** Whether two rows, or other JSON values, say the same. A property that is undefined counts as absent, as it does in JSON. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) return sameList(a, b);
  return sameObject(a, b);
}

function sameList(a: unknown, b: unknown): boolean {
  if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
  return a.every((item, index) => sameJson(item, b[index]));
}

function sameObject(a: object, b: object): boolean {
  const [one, other] = [a as Record<string, unknown>, b as Record<string, unknown>];
  let more = 0;
  for (const key of Object.keys(one)) {
    if (one[key] === undefined) continue;
    if (!Object.hasOwn(other, key) || !sameJson(one[key], other[key])) return false;
    more += 1;
  }
  for (const key of Object.keys(other)) if (other[key] !== undefined) more -= 1;
  return more === 0;
}

function said(object: object): [string, unknown][] {
  return Object.entries(object).filter(([, value]) => value !== undefined);
}

/**
 * Freezes a row throughout, so that what a view answers cannot change.
 *
 * @throws TypeError for what JSON cannot hold: the journal would lose it, and one such row would fail
 * the whole batch it is written with.
 */
export function freezeRow(row: unknown, path: string): void {
  switch (typeof row) {
    case 'string':
    case 'boolean':
      return;
    case 'number':
      if (Number.isFinite(row)) return;
      break;
    case 'object':
      freezeObject(row, path);
      return;
  }
  throw new TypeError(`${path} is ${typeof row}, which JSON cannot hold`);
}

function freezeObject(value: object | null, path: string): void {
  if (value === null || Object.isFrozen(value)) return;
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) freezeRow(item, `${path}[${index}]`);
  } else {
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype !== Object.prototype && prototype !== null) {
      throw new TypeError(`${path} is not a plain object`);
    }
    for (const [key, item] of said(value)) freezeRow(item, `${path}.${key}`);
  }
  Object.freeze(value);
}
