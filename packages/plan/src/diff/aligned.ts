import { sameJson } from '@chancery/store';
import { elementKey } from './field-path.ts';

/**
 * Two values, each with its lists as objects: what belongs together in both has the same key. What is equal in both
 * is left out of both.
 */
export type Aligned = readonly [before: unknown, after: unknown];

/** What stands for two values that are equal. */
const same: Aligned = [true, true];

/** Has the lists of two JSON values side by side, where both have a list at the same place. */
export function aligned(before: unknown, after: unknown): Aligned {
  if (Object.is(before, after)) return same;
  if (Array.isArray(before) && Array.isArray(after)) {
    if (sameJson(before, after)) return same;
    return namedLists(before, after) ?? numberedLists(before, after);
  }
  if (isObject(before) && isObject(after)) return objects(before, after);
  return [before, after];
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Two objects that are being filled. They inherit nothing: `toString` is a key like any other. */
class Pair {
  #sides: [Record<string, unknown>, Record<string, unknown>] | undefined;

  get sides(): Aligned {
    return this.#sides ?? same;
  }

  both(key: string, before: unknown, after: unknown): void {
    const pair = aligned(before, after);
    if (pair !== same) [this.#filled[0][key], this.#filled[1][key]] = pair;
  }

  gone(key: string, value: unknown): void {
    this.#filled[0][key] = value;
  }

  fresh(key: string, value: unknown): void {
    this.#filled[1][key] = value;
  }

  get #filled(): [Record<string, unknown>, Record<string, unknown>] {
    this.#sides ??= [Object.create(null), Object.create(null)];
    return this.#sides;
  }
}

function objects(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): Aligned {
  const pair = new Pair();
  for (const key of Object.keys(before)) {
    const [value, other] = [before[key], said(after, key)];
    if (value === undefined) continue;
    if (other === undefined) pair.gone(key, value);
    else pair.both(key, value, other);
  }
  for (const key of Object.keys(after)) {
    const value = after[key];
    if (value !== undefined && said(before, key) === undefined) pair.fresh(key, value);
  }
  return pair.sides;
}

/** What is undefined is absent, as in JSON; what is inherited is not said. */
function said(object: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** By what the elements of a list are known, most telling first: in Consul's JSON and in Envoy's. */
const nameKeys = ['Name', 'name', 'ID', 'id', 'key', 'DestinationName', 'Service', 'Port'];

/** Lists by the names of their elements; none where these have no names, or stand in another order. */
function namedLists(before: readonly unknown[], after: readonly unknown[]): Aligned | undefined {
  for (const key of nameKeys) {
    const [some, others] = [byName(before, key), byName(after, key)];
    if (some === undefined || others === undefined) continue;
    const kept = [...some.keys()].filter((name) => others.has(name));
    const later = [...others.keys()].filter((name) => some.has(name));
    return kept.every((name, at) => name === later[at]) ? named(key, some, others) : undefined;
  }
  return undefined;
}

type Name = string | number;

/** The elements of a list by the values of a key; none where some have no such key or two the same value. */
function byName(list: readonly unknown[], key: string): Map<Name, unknown> | undefined {
  const found = new Map<Name, unknown>();
  for (const element of list) {
    const name = isObject(element) && Object.hasOwn(element, key) ? element[key] : undefined;
    if (typeof name !== 'string' && typeof name !== 'number') return undefined;
    found.set(name, element);
  }
  return found.size === list.length ? found : undefined;
}

function named(
  key: string,
  before: ReadonlyMap<Name, unknown>,
  after: ReadonlyMap<Name, unknown>,
): Aligned {
  const pair = new Pair();
  const label = (name: Name): string => `${key}=${inPath(name)}`;
  for (const [name, element] of before) {
    if (after.has(name)) pair.both(elementKey('both', label(name)), element, after.get(name));
    else pair.gone(elementKey('gone', label(name)), element);
  }
  for (const [name, element] of after) {
    if (!before.has(name)) pair.fresh(elementKey('new', label(name)), element);
  }
  return pair.sides;
}

function inPath(name: Name): string {
  return typeof name === 'string' && /^[\w.:/@*-]+$/.test(name) ? name : JSON.stringify(name);
}

/** Lists by what their elements hold: what only one side has is gone or new, unless both sides have such there. */
function numberedLists(before: readonly unknown[], after: readonly unknown[]): Aligned {
  const pair = new Pair();
  const [some, others] = [before.map(text), after.map(text)];
  const [inSome, inOthers] = [new Set<unknown>(some), new Set<unknown>(others)];
  let [at, to] = [0, 0];
  while (at < before.length || to < after.length) {
    const isGone = isAlone(some, at, to === others.length, inOthers);
    const isNew = isAlone(others, to, at === some.length, inSome);
    if (isGone && !isNew) {
      pair.gone(elementKey('gone', String(at)), before[at]);
      at += 1;
    } else if (isNew && !isGone) {
      pair.fresh(elementKey('new', String(to)), after[to]);
      to += 1;
    } else {
      pair.both(elementKey('both', String(to)), before[at], after[to]);
      at += 1;
      to += 1;
    }
  }
  return pair.sides;
}

function isAlone(
  list: readonly string[],
  at: number,
  isOtherOver: boolean,
  inOther: ReadonlySet<unknown>,
): boolean {
  return at < list.length && (isOtherOver || !inOther.has(list[at]));
}

/** Equal for equal values, in whatever order their keys stand. */
function text(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    isObject(inner) ? Object.fromEntries(Object.entries(inner).sort(byKey)) : inner,
  );
}

function byKey([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}
