import { connectionAction } from './connection-action.ts';
import type { Intention } from './intention.ts';

/** The name that stands for every service. */
export const WILDCARD = '*';

/** Consul's rank of a pair: a named destination counts for more than a named source. Higher is tried first. */
export function precedence(source: string, destination: string): 9 | 8 | 6 | 5 {
  if (destination === WILDCARD) return source === WILDCARD ? 5 : 6;
  return source === WILDCARD ? 8 : 9;
}

/**
 * The order in which intentions are tried and listed: by precedence, then by names, as Consul lists
 * them. Two about one pair cannot both be stored; should they meet, the denial comes first.
 */
export function byPrecedence(a: Intention, b: Intention): number {
  return (
    precedence(b.source, b.destination) - precedence(a.source, a.destination) ||
    compareText(a.source, b.source) ||
    compareText(a.destination, b.destination) ||
    -compareText(connectionAction(a), connectionAction(b)) ||
    (b.permissions?.length ?? 0) - (a.permissions?.length ?? 0) ||
    compareText(a.id ?? '', b.id ?? '')
  );
}

/** By code unit: the same on every machine, whatever its locale. */
function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
