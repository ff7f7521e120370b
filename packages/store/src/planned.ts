import { plannedOnce } from './applied-once.ts';
import type { Change, Operation } from './change.ts';
import { declaredChanges } from './declared-changes.ts';
import { scratch } from './scratch.ts';
import { partsOf, stateView } from './state-view.ts';
import type { View } from './view.ts';

/** What operations would do. */
export interface Planned {
  readonly view: View;
  /** The declared changes: observed and secret rows are never in a plan. */
  readonly changes: readonly Change[];
}

/**
 * Applies operations to a copy of a view, as the next revision. Queries that read nothing of what is
 * changed give the same objects in both views, so two views are compared by identity. Planned again, or committed
 * on the same state, the same list of operations is not applied again: it must not be changed.
 *
 * @throws Error for a table the store does not have, a row that is not JSON, or a view within a query.
 */
export function planned(view: View, operations: readonly Operation[]): Planned {
  const { state, ask, isCurrent } = partsOf(view);
  const applied = plannedOnce(state, operations);
  const base = { ask, differing: () => (isCurrent() ? applied.touched() : undefined) };
  return {
    view: stateView({ state: applied.state, ask: scratch(applied.state, base), isCurrent }),
    changes: declaredChanges(applied.changes),
  };
}
