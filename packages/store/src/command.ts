import type { Operation } from './change.ts';
import type { View } from './view.ts';

/** Who asks, as resolved at the edge. */
export interface Principal {
  readonly name: string;
}

/** Why a command was not carried out. `code` decides what an edge answers, `message` is for people. */
export interface Refusal {
  readonly code: 'invalid' | 'not-found' | 'conflict' | 'forbidden' | 'exhausted' | 'unavailable';
  readonly message: string;
}

/** What a command wants done, or why it will not be. */
export type Decision<Result> =
  | { readonly kind: 'commit'; readonly operations: readonly Operation[]; readonly result: Result }
  | { readonly kind: 'refuse'; readonly refusal: Refusal };

/** A change to the state: synchronous, pure, run on the newest view, run again when that has moved on. */
export type Command<Input, Result> = (
  view: View,
  principal: Principal,
  input: Input,
) => Decision<Result>;

/**
 * A command in steps of no more than a few milliseconds each, for who finds out ahead what it comes to and has others
 * take their turn in between. The view stays the same; what comes of it holds for that view alone.
 */
export type SteppedCommand<Input, Result> = (
  view: View,
  principal: Principal,
  input: Input,
) => Generator<undefined, Decision<Result>>;

/** The command that takes all steps at once. */
export function inOneGo<Input, Result>(
  command: SteppedCommand<Input, Result>,
): Command<Input, Result> {
  return (view, principal, input) => {
    const steps = command(view, principal, input);
    for (;;) {
      const step = steps.next();
      if (step.done === true) return step.value;
    }
  };
}

/** Carries out operations and answers with a result. */
export function commit<Result>(operations: readonly Operation[], result: Result): Decision<Result> {
  return { kind: 'commit', operations, result };
}

/** Declines a command. */
export function refuse(code: Refusal['code'], message: string): Decision<never> {
  return { kind: 'refuse', refusal: { code, message } };
}
