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

/** Carries out operations and answers with a result. */
export function commit<Result>(operations: readonly Operation[], result: Result): Decision<Result> {
  return { kind: 'commit', operations, result };
}

/** Declines a command. */
export function refuse(code: Refusal['code'], message: string): Decision<never> {
  return { kind: 'refuse', refusal: { code, message } };
}
