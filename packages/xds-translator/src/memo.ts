/**
 * Keeps what each part became. A result is used again while the parts are the same objects and the rest of
 * what it depends on, as one text, is the same; all results of a part go when the part goes.
 */
export type Memo<T> = (parts: readonly [object, ...object[]], rest: string, build: () => T) => T;

interface Entry<T> {
  readonly others: readonly object[];
  readonly result: T;
}

/** An empty memo. The results have to depend on nothing but the parts and the rest. */
export function createMemo<T>(): Memo<T> {
  const byPart = new WeakMap<object, Map<string, Entry<T>>>();
  return ([part, ...others], rest, build) => {
    let entries = byPart.get(part);
    if (entries === undefined) {
      entries = new Map();
      byPart.set(part, entries);
    }
    // Proxies of several services may share a part, so one slot for it would be fought over.
    const known = entries.get(rest);
    if (known !== undefined && isSame(known.others, others)) return known.result;
    const result = build();
    entries.set(rest, { others, result });
    return result;
  };
}

function isSame(some: readonly object[], others: readonly object[]): boolean {
  return some.every((one, index) => one === others[index]);
}
