import { type Applied, applyOperations } from './apply.ts';
import type { Operation } from './change.ts';
import type { State } from './state.ts';

interface Known {
  readonly from: State;
  readonly applied: Applied;
}

const known = new WeakMap<readonly Operation[], Known>();

/** What operations come to, kept as long as they are: what is planned is looked at more than once, and then often committed. */
export function plannedOnce(state: State, operations: readonly Operation[]): Applied {
  const applied = appliedOnce(state, operations);
  known.set(operations, { from: state, applied });
  return applied;
}

/** The same, without keeping it: that of a plan of just these operations, if there is one. */
export function appliedOnce(state: State, operations: readonly Operation[]): Applied {
  const there = known.get(operations);
  return there?.from === state ? there.applied : applyOperations(state, operations);
}
