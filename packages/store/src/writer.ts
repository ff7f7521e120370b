import type { Refusal } from './command.ts';
import type { Log } from './deliveries.ts';
import type { Journal, JournalEntry } from './journal.ts';
import type { State } from './state.ts';
import type { TouchKey } from './touch-key.ts';

/** A decision that waits for the journal: its own change or, without one, those it was decided upon. */
export interface Pending {
  readonly state: State;
  readonly touched: ReadonlySet<TouchKey>;
  readonly entry?: JournalEntry;
  readonly settle: (refusal: Refusal | undefined) => void;
}

export interface WriterOptions {
  readonly journal: Journal;
  readonly now: () => number;
  readonly log: Log;
  /** How long after a failed flush the next commit is tried, in milliseconds. */
  readonly retryAfterMs: number;
  /** Called with what the journal has taken, before any of it is settled. */
  readonly onFlushed: (flushed: readonly Pending[]) => void;
}

const batchLimit = 1024;

/**
 * The head of the state and the commits on their way to the journal. Heads are pipelined: a commit
 * builds on the one before it at once, and whatever gathers during a flush goes out with the next.
 */
export class Writer {
  readonly #options: WriterOptions;
  /** The keys touched since the newest acknowledged state, and by how many commits each. */
  readonly unacknowledged: Map<TouchKey, number> = new Map();
  #acknowledged: State;
  #head: State;
  #queue: Pending[] = [];
  #flushing: Promise<void> | undefined;
  #failure: { readonly refusal: Refusal; readonly at: number } | undefined;
  #closed = false;

  constructor(state: State, options: WriterOptions) {
    this.#acknowledged = state;
    this.#head = state;
    this.#options = options;
  }

  get head(): State {
    return this.#head;
  }

  /** Commits not settled yet. */
  get queued(): number {
    return this.#queue.length;
  }

  /** Why nothing can be written now; undefined when something can, or is to be tried again. */
  refusal(): Refusal | undefined {
    if (this.#closed) return { code: 'unavailable', message: 'The store is closed.' };
    if (this.#failure === undefined) return undefined;
    const elapsed = Math.abs(this.#options.now() - this.#failure.at);
    return elapsed < this.#options.retryAfterMs ? this.#failure.refusal : undefined;
  }

  /** Makes a decision the new head; it is settled when the journal has it, or has failed. */
  push(pending: Pending): void {
    this.#head = pending.state;
    this.#queue.push(pending);
    for (const key of pending.touched) {
      this.unacknowledged.set(key, (this.unacknowledged.get(key) ?? 0) + 1);
    }
    this.#flushing ??= this.#flush();
  }

  /** Refuses what comes from now on, and waits for what is on its way. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#flushing;
  }

  async #flush(): Promise<void> {
    // Commits of the same turn go out together.
    await Promise.resolve();
    while (this.#queue.length > 0) {
      const batch = this.#queue.slice(0, batchLimit);
      try {
        await this.#append(batch);
      } catch (error) {
        this.#fail(error);
        continue;
      }
      this.#queue.splice(0, batch.length);
      this.#acknowledge(batch);
    }
    this.#flushing = undefined;
  }

  async #append(batch: readonly Pending[]): Promise<void> {
    const entries = batch.flatMap(({ entry }) => entry ?? []);
    if (entries.length > 0) await this.#options.journal.append(entries);
  }

  #acknowledge(batch: readonly Pending[]): void {
    if (this.#failure !== undefined && batch.some(({ entry }) => entry !== undefined)) {
      this.#failure = undefined;
      this.#options.log('the journal takes writes again');
    }
    this.#acknowledged = batch.at(-1)?.state ?? this.#acknowledged;
    for (const { touched } of batch) for (const key of touched) this.#release(key);
    this.#options.onFlushed(batch);
    for (const { settle } of batch) settle(undefined);
  }

  #release(key: TouchKey): void {
    const count = this.unacknowledged.get(key) ?? 0;
    if (count > 1) this.unacknowledged.set(key, count - 1);
    else this.unacknowledged.delete(key);
  }

  /** Drops every unflushed head: all were built on what the journal did not take. */
  #fail(error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    const message = `The state cannot be saved (${reason}); writes are refused until it can be, reads go on.`;
    if (this.#failure === undefined) this.#options.log(message, error);
    const refusal: Refusal = { code: 'unavailable', message };
    this.#failure = { refusal, at: this.#options.now() };
    const dropped = this.#queue;
    this.#queue = [];
    this.#head = this.#acknowledged;
    this.unacknowledged.clear();
    for (const { settle } of dropped) settle(refusal);
  }
}
