import { digestSteps, type PlanParts } from '@chancery/plan';
import {
  type Change,
  type Command,
  type Committed,
  type CommittedBy,
  type Decision,
  type Principal,
  planned,
  type Refusal,
  refuse,
  type Store,
  type View,
} from '@chancery/store';
import { inSlices } from '../in-slices.ts';

/** A change that is to be made. */
export interface MeantChange<Input> {
  readonly command: Command<Input, unknown>;
  readonly input: Input;
  readonly principal: Principal;
  /** The digest of the plan that was read, where one was. */
  readonly expectedDigest?: string | undefined;
}

/** What a change was. */
export interface Made {
  readonly changes: readonly Change[];
}

/** Decides on a change: it is made as it was planned, or not at all. */
export function* decisionSteps<Input>(
  { command, input, principal, expectedDigest }: MeantChange<Input>,
  view: View,
  parts: PlanParts,
): Generator<undefined, Decision<Made>> {
  const decision = command(view, principal, input);
  if (decision.kind === 'refuse') return decision;
  yield;
  const { operations } = decision;
  if (expectedDigest && (yield* digestSteps(view, operations, parts)) !== expectedDigest) {
    return refuse('conflict', 'the mesh changed since the plan was made: plan again');
  }
  return { ...decision, result: { changes: planned(view, operations).changes } };
}

/** So often it is decided while others have their turn; where the state moves on each time, then in one go. */
const attempts = 3;

/**
 * Commits what was decided ahead, in steps between which others had their turn: the commit has only to see that the
 * state is still the one that it was decided upon.
 */
export async function commitDecided(
  store: Store,
  decide: (view: View) => Generator<undefined, Decision<Made>>,
  by: CommittedBy,
): Promise<Committed<Made>> {
  const movedOn: Refusal = { code: 'conflict', message: 'the state moved on' };
  for (let attempt = 1; ; attempt += 1) {
    const ahead = await inSlices(() => decidedOn(store.view, decide));
    const command: Command<undefined, Made> = (view) => {
      if (view === ahead.view) return ahead.decision;
      return attempt < attempts ? { kind: 'refuse', refusal: movedOn } : resultOf(decide(view));
    };
    const committed = await store.commit(command, undefined, by);
    if (committed.ok || committed.refusal !== movedOn) return committed;
  }
}

interface Ahead {
  readonly view: View;
  readonly decision: Decision<Made>;
}

function* decidedOn(
  view: View,
  decide: (view: View) => Generator<undefined, Decision<Made>>,
): Generator<undefined, Ahead> {
  return { view, decision: yield* decide(view) };
}

function resultOf<T>(steps: Generator<undefined, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}
