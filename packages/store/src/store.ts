import type { Command, Principal, Refusal } from './command.ts';
import type { Query } from './query.ts';
import type { Revision, View } from './view.ts';

/** A query's result and the revision up to which it is known to be current: `X-Consul-Index`, at least 1. */
export interface Read<T> {
  readonly value: T;
  readonly index: Revision;
}

/** What came of a commit. */
export type Committed<Result> =
  | { readonly ok: true; readonly result: Result; readonly revision: Revision }
  | { readonly ok: false; readonly refusal: Refusal };

/** The state of the control plane: the only thing that is read, and the one way to change it. */
export interface Store extends AsyncDisposable {
  /** The newest acknowledged state. */
  readonly view: View;
  /** Runs a command; resolves once its change is durable and visible, or with the reason why not. Never rejects for a refusal. */
  commit<Input, Result>(
    command: Command<Input, Result>,
    input: Input,
    by: { readonly principal: Principal; readonly why?: string },
  ): Promise<Committed<Result>>;
  /** A query's result with its index. */
  read<Arg extends string, T>(query: Query<Arg, T>, arg: Arg): Read<T>;
  /** Resolves at once when the result's index is above `after` or `after` is above the store's revision; else when it becomes so; or, with the current result, when the signal aborts. */
  wait<Arg extends string, T>(
    query: Query<Arg, T>,
    arg: Arg,
    after: Revision,
    signal: AbortSignal,
  ): Promise<Read<T>>;
  /** Calls back with the present result, then after each commit that gave a new one. Callbacks are coalesced per turn of the event loop. */
  watch<Arg extends string, T>(
    query: Query<Arg, T>,
    arg: Arg,
    onResult: (read: Read<T>) => void,
  ): Disposable;
}
