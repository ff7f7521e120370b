import { decide, formatIntention, type Rules } from '@chancery/intentions';
import type { MatrixCell } from '@chancery/mesh-api';
import type { Seen } from '../seen/seen-book.ts';

/** What is known of one pair beside the rules. */
export interface PairFacts {
  /** Whether a sidecar of the source declares the destination as an upstream. */
  readonly declared: boolean;
  readonly seen: Seen | undefined;
}

/** How a source stands to the destination of the rules. */
export function matrixCell(
  rules: Rules,
  source: string,
  { declared, seen }: PairFacts,
): MatrixCell {
  const { allowed, reason } = decide(rules, source);
  const count = { declared, seen: seen?.count ?? 0, ...(seen && { lastSeen: seen.last }) };
  if (reason.kind === 'default') return { allowed, exact: false, ...count };
  const { intention } = reason.rule;
  const exact = intention.source === source && intention.destination === rules.destination;
  return { allowed, decidedBy: formatIntention(intention), exact, ...count };
}
