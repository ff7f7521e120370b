import type { ChangeSet } from './change.ts';
import type { Command, Principal, Refusal } from './command.ts';
import type { Revision } from './revision.ts';
import type { FollowedRow } from './row-follower.ts';
import type { Table } from './table.ts';
import type { Query, View } from './view.ts';

/** A query's result and the revision up to which it is known to be current: `X-Consul-Index`, at least 1. */
export interface Read<T> {
  readonly value: T;
  readonly index: Revision;
}

/** A result as a watch is told of it. */
export interface Delivered<T> extends Read<T> {
  /** The first revision that may have brought it: all that came before was delivered before. */
  readonly since: Revision;
}

/** What came of a commit; of one that changes nothing, the revision that wrote last what it would have written. */
export type Committed<Result> =
  | { readonly ok: true; readonly result: Result; readonly revision: Revision }
  | { readonly ok: false; readonly refusal: Refusal };

/** Who commits, what it came by and, in their own words, the reason: what the history tells of it. */
export interface CommittedBy {
  readonly principal: Principal;
  readonly why?: string;
  readonly reason?: string;
}

/** Figures of a store, for metrics. */
export interface StoreCounters {
  /** Queries evaluated so far. */
  readonly evaluations: number;
  /** Results memoised. */
  readonly results: number;
  /** Keys that memoised results have read. */
  readonly readKeys: number;
  /** Touched keys remembered one by one. */
  readonly touchedKeys: number;
  /** Commits not settled yet. */
  readonly queued: number;
  /** Open watches and waits. */
  readonly watchers: number;
  /** Open waits alone. */
  readonly waits: number;
}

/** How a table is followed. */
export interface FollowOptions {
  /** Tells of what changes from now on alone, for who has read the present rows from the view in the same turn. */
  readonly skipPresent?: boolean;
}

/** The state of the control plane: the only thing that is read, and the one way to change it. */
export interface Store extends AsyncDisposable {
  /** The newest acknowledged state. */
  readonly view: View;
  readonly counters: StoreCounters;
  /**
   * Runs a command at once, on the newest state whether acknowledged or not; resolves when its change
   * is durable and visible, or with the reason why not. A decision that changes nothing, and a refusal,
   * resolve when the state they were taken on is durable. Rejects only with what the command threw.
   *
   * When the journal fails, every commit it has not taken is refused as `unavailable`, and so are all
   * that follow; after a while (`retryAfterMs`) one is tried again, and if the journal takes it writes go on.
   */
  commit<Input, Result>(
    command: Command<Input, Result>,
    input: Input,
    by: CommittedBy,
  ): Promise<Committed<Result>>;
  /** A query's result with its index. */
  read<Arg extends string, T>(query: Query<Arg, T>, arg: Arg): Read<T>;
  /**
   * Resolves at once when the result's index is above `after` or `after` is above the store's revision;
   * else when it becomes so; or, with the current result, when the signal aborts or the store is closed.
   */
  wait<Arg extends string, T>(
    query: Query<Arg, T>,
    arg: Arg,
    after: Revision,
    signal: AbortSignal,
  ): Promise<Read<T>>;
  /**
   * Calls back with the present result, then after each commit that gave a new one (another object).
   * Callbacks come in a later turn of the event loop, the first one too, and are coalesced per turn.
   * When the query or the callback throws, that is logged and the watch goes on.
   */
  watch<Arg extends string, T>(
    query: Query<Arg, T>,
    arg: Arg,
    onResult: (read: Delivered<T>) => void,
  ): Disposable;
  /**
   * Calls back with every row of a table, then with the rows that commits changed or took away: what a
   * watch would do by comparing all rows each time. Callbacks come in a later turn of the event loop, the
   * first one too, and are coalesced per turn: a row is told as it is by then, and only once. When the
   * callback throws, that is logged, and what it was told is told again with the next change.
   */
  follow<Row>(
    table: Table<Row>,
    onRows: (rows: readonly FollowedRow<Row>[]) => void,
    options?: FollowOptions,
  ): Disposable;
  /** The declared changes after a revision, oldest first. Throws when part of them is no longer kept. */
  history(after: Revision): AsyncIterable<ChangeSet>;
  /** The revision after which the history is complete: 0 while all of it is kept. */
  historyFloor(): Promise<Revision>;
}
