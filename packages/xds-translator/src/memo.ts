/**
 * Keeps what each part became. A result is used again while the parts are the same objects and the rest of
 * what it depends on reads the same; all results of a part go when the part goes.
 */
export type Memo<T> = (
  parts: readonly [object, ...object[]],
  rest: readonly string[],
  build: () => T,
) => T;

interface Entry<T> {
  readonly others: readonly object[];
  readonly result: T;
}

/** An empty memo. The results have to depend on nothing but the parts and the rest. */
export function createMemo<T>(): Memo<T> {
  const byPart = new WeakMap<object, Map<string, Entry<T>>>();
  return ([part, ...others], rest, build) => {
    const entries = byPart.get(part) ?? new Map<string, Entry<T>>();
    byPart.set(part, entries);
    // Proxies of several services may share a part, so one slot for it would be fought over.
    const key = rest.join('\0');
    const known = entries.get(key);
    if (known?.others.every((other, index) => other === others[index])) return known.result;
    const result = build();
    entries.set(key, { others, result });
    return result;
  };
}
