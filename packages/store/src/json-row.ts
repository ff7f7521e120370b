/** Whether two rows say the same. A property that is undefined counts as absent, as it does in JSON. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) return sameList(a, b);
  return within(a, b) && within(b, a, true);
}

function sameList(a: unknown, b: unknown): boolean {
  if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
  return a.every((item, index) => sameJson(item, b[index]));
}

function within(a: object, b: object, keysOnly = false): boolean {
  for (const [key, value] of Object.entries(a)) {
    if (value === undefined) continue;
    const other: unknown = (b as Record<string, unknown>)[key];
    if (keysOnly ? other === undefined : !sameJson(value, other)) return false;
  }
  return true;
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
    case 'undefined':
      return;
    case 'number':
      if (Number.isFinite(row)) return;
      break;
    case 'object':
      freezeObject(row, path);
      return;
  }
  throw new TypeError(`${path} is a ${typeof row} that JSON cannot hold`);
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
    for (const [key, item] of Object.entries(value)) freezeRow(item, `${path}.${key}`);
  }
  Object.freeze(value);
}
