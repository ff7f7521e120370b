import { digestSteps, type PlanParts } from '@chancery/plan';
import {
  type Change,
  type Committed,
  type CommittedBy,
  type Decision,
  inOneGo,
  type Principal,
  planned,
  type Refusal,
  refuse,
  type SteppedCommand,
  type Store,
  type View,
} from '@chancery/store';
import { inSlices } from '../in-slices.ts';

/** What a command comes to on a state. */
export interface Decided<Result> {
  readonly view: View;
  readonly decision: Decision<Result>;
}

/** Decides on the newest state, in steps; where that moved on meanwhile, once more in one go. */
export function* decidedOnNewest<Input, Result>(
  store: Pick<Store, 'view'>,
  command: SteppedCommand<Input, Result>,
  principal: Principal,
  input: Input,
): Generator<undefined, Decided<Result>> {
  const { view } = store;
  const decision = yield* command(view, principal, input);
  if (store.view === view) return { view, decision };
  // Of a view that is not the newest any more nothing is known, and all that is asked of it is made anew.
  const { view: newest } = store;
  return { view: newest, decision: inOneGo(command)(newest, principal, input) };
}

/** What a change was. */
export interface Made {
  readonly changes: readonly Change[];
}

/** Has a change made as it was planned, or not at all. */
export function* asPlanned(
  { view, decision }: Decided<unknown>,
  expectedDigest: string | undefined,
  parts: PlanParts,
): Generator<undefined, Decision<Made>> {
  if (decision.kind === 'refuse') return decision;
  const { operations } = decision;
  if (expectedDigest && (yield* digestSteps(view, operations, parts)) !== expectedDigest) {
    return refuse('conflict', 'the mesh changed since the plan was made: plan again');
  }
  return { ...decision, result: { changes: planned(view, operations).changes } };
}

/** A change that is to be made. */
export interface MeantChange<Input> {
  readonly command: SteppedCommand<Input, unknown>;
  readonly input: Input;
  /** What is made of the decision in the end. */
  readonly settled: (decided: Decided<unknown>) => Generator<undefined, Decision<Made>>;
}

/** So often it is decided while others have their turn; where the state moves on each time, then in one go. */
const attempts = 3;

/**
 * Commits what was decided ahead, in steps between which others had their turn: the commit has only to see that the
 * state is still the one that it was decided upon.
 */
export async function commitDecided<Input>(
  store: Store,
  { command, input, settled }: MeantChange<Input>,
  by: CommittedBy,
): Promise<Committed<Made>> {
  const movedOn: Refusal = { code: 'conflict', message: 'the state moved on' };
  const { principal } = by;
  const decideNow = inOneGo<Input, Made>(function* (view) {
    return yield* settled({ view, decision: yield* command(view, principal, input) });
  });
  for (let attempt = 1; ; attempt += 1) {
    const ahead = await inSlices(function* () {
      const decided = yield* decidedOnNewest(store, command, principal, input);
      return { view: decided.view, decision: yield* settled(decided) };
    });
    const committed = await store.commit<Input, Made>(
      (view, ...asked) => {
        if (view === ahead.view) return ahead.decision;
        return attempt < attempts
          ? { kind: 'refuse', refusal: movedOn }
          : decideNow(view, ...asked);
      },
      input,
      by,
    );
    if (committed.ok || committed.refusal !== movedOn) return committed;
  }
}
