import { type Intention, type Verdict, WILDCARD } from '@chancery/intentions';

/** Why an intention has no effect though it names services that exist. */
export interface Standing {
  readonly kind: 'shadowed' | 'redundant';
  /** The first that decides in its place: `* => db (deny)`, `the default (allow)`. */
  readonly first: string;
  /** How many do. */
  readonly count: number;
}

/** A standing by those who decide; none where nobody does. */
export function standingOf(
  kind: Standing['kind'],
  others: ReadonlySet<string>,
): Standing | undefined {
  const [first] = others;
  return first === undefined ? undefined : { kind, first, count: others.size };
}

/** One of the connections that an intention speaks of. */
export interface Pair {
  readonly source: string;
  readonly destination: string;
}

/** Whether it connects a service with itself, which no intention is about. */
export function isSelf({ source, destination }: Pair): boolean {
  return source === destination && source !== WILDCARD;
}

/** Whether it is this intention that decides. */
export function isBy({ reason }: Verdict, intention: Intention): boolean {
  return reason.kind === 'rule' && isSame(reason.rule.intention, intention);
}

/** Whether two are about the same pair. */
export function isSame(a: Intention, b: Intention): boolean {
  return a.source === b.source && a.destination === b.destination;
}
