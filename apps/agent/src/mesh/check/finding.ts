import type { CheckFinding } from '@chancery/mesh-api';

/** What was found of one thing. */
export type Found = Omit<CheckFinding, 'group' | 'at'>;

/** Things that are looked at together: what cannot be looked at takes none of the others with it. */
export interface MeshCheck {
  readonly group: string;
  /** What is said to be skipped when nothing can be found. */
  readonly name: string;
  /** Rejects with a sentence where it cannot be looked at. The signal aborts when nobody waits for it any more. */
  readonly look: (signal: AbortSignal) => readonly Found[] | Promise<readonly Found[]>;
}

/** All is well. */
export function ok(name: string, message: string): Found {
  return { name, status: 'ok', message };
}

/** It works, and somebody should look at it. */
export function warning(name: string, message: string, hint: string): Found {
  return { name, status: 'warning', message, hint };
}

/** It does not work. */
export function failed(name: string, message: string, hint: string): Found {
  return { name, status: 'failed', message, hint };
}

/** How many findings of one sort are told one by one. */
const toldAtMost = 10;

/** The first of many findings of one sort, and how many there are more. */
export function bounded(found: readonly Found[], listing: string): readonly Found[] {
  const [first] = found;
  const more = found.length - toldAtMost;
  if (first === undefined || more <= 0) return found;
  const { name, status } = first;
  const rest: Found = { name, status, message: `and ${more} more`, hint: listing };
  return [...found.slice(0, toldAtMost), rest];
}
