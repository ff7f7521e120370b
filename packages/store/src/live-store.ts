import { appliedOnce } from './applied-once.ts';
import type { ChangeSet } from './change.ts';
import type { Command, Decision, Refusal } from './command.ts';
import { Deliveries, type Log } from './deliveries.ts';
import { type AnyQuery, type Ask, resultOf } from './evaluated.ts';
import { heldSince } from './held-since.ts';
import type { Journal } from './journal.ts';
import { type Authorship, journalEntry } from './journal-entry.ts';
import { Memo, type MemoLimits } from './memo.ts';
import type { Revision } from './revision.ts';
import { type FollowedRow, RowFollower } from './row-follower.ts';
import { scratch } from './scratch.ts';
import type { State } from './state.ts';
import { stateView } from './state-view.ts';
import type {
  Committed,
  CommittedBy,
  Delivered,
  FollowOptions,
  Read,
  Store,
  StoreCounters,
} from './store.ts';
import type { Table } from './table.ts';
import type { Query, View } from './view.ts';
import { type Pending, Writer } from './writer.ts';

/** What a store is opened with: where commits are kept, the time in milliseconds since 1970, and how much is remembered. */
export interface LiveStoreOptions {
  readonly journal: Journal;
  readonly now: () => number;
  readonly log: Log;
  readonly limits: MemoLimits & { readonly retryAfterMs: number };
}

/** A store over a journal: one writer, any number of readers, who see what is durable. */
export class LiveStore implements Store {
  readonly #journal: Journal;
  readonly #now: () => number;
  readonly #memo: Memo;
  readonly #writer: Writer;
  readonly #deliveries: Deliveries;
  /** Ends waits. Who is answered asks again at once, so many are answered before any of that is looked at. */
  readonly #wakes: Deliveries;
  /** The subscribers that are waits. */
  readonly #waiting = new Set<() => void>();
  /** What ends each watch and wait. */
  readonly #open = new Set<() => void>();
  readonly #followers = new Set<RowFollower>();
  #view: View;
  /** Watches were told of all that came up to this revision. */
  #delivered: Revision;

  constructor(state: State, { journal, now, log, limits }: LiveStoreOptions) {
    this.#journal = journal;
    this.#now = now;
    this.#memo = new Memo(state, limits);
    this.#deliveries = new Deliveries(log, { perTurn: 64 });
    this.#wakes = new Deliveries(log, { perTurn: 1024 });
    this.#view = this.#viewOf(state);
    this.#delivered = state.revision;
    const onFlushed = (flushed: readonly Pending[]): void => this.#advance(flushed);
    const { retryAfterMs } = limits;
    this.#writer = new Writer(state, { journal, now, log, retryAfterMs, onFlushed });
  }

  get view(): View {
    return this.#view;
  }

  get counters(): StoreCounters {
    const watchers = this.#open.size;
    return {
      ...this.#memo.counters,
      queued: this.#writer.queued,
      watchers,
      waits: this.#waiting.size,
    };
  }

  async commit<Input, Result>(
    command: Command<Input, Result>,
    input: Input,
    by: CommittedBy,
  ): Promise<Committed<Result>> {
    const refusal = this.#writer.refusal();
    if (refusal !== undefined) return { ok: false, refusal };
    const decision = command(this.#headView(), by.principal, input);
    const operations = decision.kind === 'commit' ? decision.operations : [];
    const applied = appliedOnce(this.#writer.head, operations);
    const entry = applied.changes.length > 0 ? journalEntry(applied, this.#signed(by)) : undefined;
    const { state } = applied;
    const touched = applied.touched();
    const failure = await new Promise<Refusal | undefined>((settle) => {
      this.#writer.push({ state, touched, settle, ...(entry && { entry }) });
    });
    const revision = entry === undefined ? heldSince(state, operations) : state.revision;
    return committed(decision, failure, revision);
  }

  read<Arg extends string, T>(query: Query<Arg, T>, arg: Arg): Read<T> {
    const node = this.#memo.ask(query as unknown as AnyQuery, arg);
    return { value: resultOf(node) as T, index: Math.max(1, node.index) };
  }

  async wait<Arg extends string, T>(
    query: Query<Arg, T>,
    arg: Arg,
    after: Revision,
    signal: AbortSignal,
  ): Promise<Read<T>> {
    const present = this.read(query, arg);
    if (signal.aborted || present.index > after || after > this.#view.revision) return present;
    await new Promise<void>((resolve) => {
      const wake = (): void => {
        if (this.#memo.ask(query as unknown as AnyQuery, arg).index > after) end();
      };
      const close = this.#subscribe(query, arg, wake);
      this.#waiting.add(wake);
      const end = (): void => {
        signal.removeEventListener('abort', end);
        this.#open.delete(end);
        this.#waiting.delete(wake);
        close();
        resolve();
      };
      this.#open.add(end);
      signal.addEventListener('abort', end, { once: true });
    });
    return this.read(query, arg);
  }

  watch<Arg extends string, T>(
    query: Query<Arg, T>,
    arg: Arg,
    onResult: (read: Delivered<T>) => void,
  ): Disposable {
    let last: { readonly value: T } | undefined;
    const deliver = (): void => {
      if (!this.#open.has(end)) return;
      const read = this.read(query, arg);
      if (last !== undefined && Object.is(last.value, read.value)) return;
      last = read;
      onResult({ ...read, since: this.#delivered + 1 });
    };
    const close = this.#subscribe(query, arg, deliver);
    const end = (): void => {
      if (this.#open.delete(end)) close();
    };
    this.#open.add(end);
    this.#deliveries.schedule([deliver]);
    return { [Symbol.dispose]: end };
  }

  follow<Row>(
    table: Table<Row>,
    onRows: (rows: readonly FollowedRow<Row>[]) => void,
    { skipPresent = false }: FollowOptions = {},
  ): Disposable {
    const present = skipPresent ? [] : this.#view.all(table).map((row) => table.key(row));
    const follower = new RowFollower(table.name, present, (keys) => {
      if (this.#open.has(end)) onRows(keys.map((key) => [key, this.#view.get(table, key)]));
    });
    const end = (): void => {
      if (this.#open.delete(end)) this.#followers.delete(follower);
    };
    this.#open.add(end);
    this.#followers.add(follower);
    this.#deliveries.schedule([follower.deliver]);
    return { [Symbol.dispose]: end };
  }

  history(after: Revision): AsyncIterable<ChangeSet> {
    return this.#journal.history(after);
  }

  historyFloor(): Promise<Revision> {
    return this.#journal.historyFloor();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#writer.close();
    for (const end of this.#open) end();
    await this.#journal[Symbol.asyncDispose]();
  }

  #signed({ principal, why, reason }: CommittedBy): Authorship {
    return {
      at: this.#now(),
      by: principal.name,
      ...(why !== undefined && { why }),
      ...(reason !== undefined && { reason }),
    };
  }

  #subscribe<Arg extends string, T>(
    query: Query<Arg, T>,
    arg: Arg,
    subscriber: () => void,
  ): () => void {
    return this.#memo.subscribe(query as unknown as AnyQuery, arg, subscriber);
  }

  #advance(flushed: readonly Pending[]): void {
    const state = flushed.at(-1)?.state;
    if (state === undefined || state === this.#memo.state) return;
    for (const pending of flushed) {
      if (pending.touched.size > 0) this.#reach(pending.state, pending.touched);
    }
    this.#view = this.#viewOf(state);
    this.#follow(flushed);
  }

  /** One commit at a time, so that who is reached by the next alone is not told that it may be this one. */
  #reach(state: State, touched: Pending['touched']): void {
    const { revision } = state;
    const reached = this.#memo.advance(state, [{ revision, touched }]);
    const isWait = (subscriber: () => void): boolean => this.#waiting.has(subscriber);
    const delivered = (): void => {
      this.#delivered = revision;
    };
    const watches = [...reached].filter((each) => !isWait(each));
    if (watches.length === 0 && this.#deliveries.isIdle) delivered();
    else this.#deliveries.schedule([...watches, delivered]);
    this.#wakes.schedule([...reached].filter(isWait));
  }

  #follow(flushed: readonly Pending[]): void {
    for (const follower of this.#followers) {
      for (const { touched } of flushed) follower.note(touched);
      if (follower.isDue) this.#deliveries.schedule([follower.deliver]);
    }
  }

  #viewOf(state: State): View {
    const isCurrent = (): boolean => this.#memo.state === state;
    let own: Ask | undefined;
    const ask: Ask = (query, arg) => {
      if (isCurrent()) return this.#memo.ask(query, arg);
      own ??= scratch(state);
      return own(query, arg);
    };
    return stateView({ state, ask, isCurrent });
  }

  /** The view a command is run on: acknowledged or not, and never known to the memo before it is. */
  #headView(): View {
    const { head, unacknowledged } = this.#writer;
    const base = this.#memo.state;
    if (head === base) return this.#view;
    const isCurrent = (): boolean => this.#memo.state === base && this.#writer.head === head;
    const ask = scratch(head, {
      ask: (query, arg) => this.#memo.ask(query, arg),
      differing: () => (isCurrent() ? unacknowledged : undefined),
    });
    return stateView({ state: head, ask, isCurrent });
  }
}

function committed<Result>(
  decision: Decision<Result>,
  failure: Refusal | undefined,
  revision: Revision,
): Committed<Result> {
  if (failure !== undefined) return { ok: false, refusal: failure };
  if (decision.kind === 'refuse') return { ok: false, refusal: decision.refusal };
  return { ok: true, result: decision.result, revision };
}
