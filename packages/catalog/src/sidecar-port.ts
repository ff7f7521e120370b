import { defineTable, type Operation, put, type Table, type View } from '@chancery/store';
import { instances } from './instance.ts';
import { portKey } from './keys.ts';

/** The ports from which sidecars without one of their own are given the lowest free. Below 1 there are none. */
export interface PortRange {
  readonly min: number;
  readonly max: number;
}

/** Where the search for a free port begins: no port of the range is free below `next`. */
export interface PortSearch extends PortRange {
  readonly node: string;
  readonly next: number;
}

/**
 * One row a node. It only saves probing again what is known to be taken, so that allocation stays
 * flat: before a range counts as used up all of it is looked at, since rows may also go another way,
 * as when the declared state is rolled back.
 */
export const portSearches: Table<PortSearch> = defineTable<PortSearch>({
  name: 'portSearches',
  kind: 'observed',
  key: (row) => row.node,
});

/** The lowest port of the range that no instance of the node has and that is not `besides`. */
export function lowestFreePort(
  view: View,
  node: string,
  range: PortRange,
  besides: number,
): number | undefined {
  const search = view.get(portSearches, node);
  const start = search && isFor(search, range) ? search.next : range.min;
  const free = (port: number): boolean =>
    port !== besides && view.by(instances, 'port', portKey(node, port)).length === 0;
  return firstBetween(start, range.max, free) ?? firstBetween(range.min, start - 1, free);
}

/** The ports that a commit gives up, and the one it gives out. */
export interface PortChange {
  readonly released: readonly number[];
  readonly allocated?: { readonly range: PortRange; readonly port: number };
}

/** Has the next search begin behind the port just given out, but no later than one given up. */
export function portSearched(view: View, node: string, change: PortChange): Operation[] {
  const { released, allocated } = change;
  const search = allocated
    ? { ...allocated.range, next: allocated.port }
    : view.get(portSearches, node);
  if (search === undefined) return [];
  const { min, max } = search;
  const next = Math.min(search.next, ...released.filter((port) => port >= min));
  return [put(portSearches, { node, min, max, next })];
}

function firstBetween(
  from: number,
  to: number,
  accept: (port: number) => boolean,
): number | undefined {
  for (let port = from; port <= to; port += 1) if (accept(port)) return port;
  return undefined;
}

function isFor(search: PortSearch, range: PortRange): boolean {
  return search.min === range.min && search.max === range.max;
}
