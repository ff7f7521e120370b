/** Reports what has no caller to be thrown at. */
export type Log = (message: string, error?: unknown) => void;

/** Calls subscribers in later turns of the event loop, each once however often it became due until then. */
export class Deliveries {
  readonly #log: Log;
  readonly #perTurn: number;
  /** In the order in which they became due. */
  readonly #due = new Set<() => void>();
  #isScheduled = false;

  /** `perTurn` bounds how many are called in one turn. What they write leaves, and whoever else waits is served, before the next. */
  constructor(log: Log, { perTurn }: { readonly perTurn: number }) {
    this.#log = log;
    this.#perTurn = perTurn;
  }

  /** Whether nobody is to be called. */
  get isIdle(): boolean {
    return this.#due.size === 0;
  }

  schedule(subscribers: Iterable<() => void>): void {
    for (const subscriber of subscribers) this.#due.add(subscriber);
    if (this.#isScheduled || this.#due.size === 0) return;
    this.#isScheduled = true;
    setImmediate(() => this.#deliver());
  }

  #deliver(): void {
    for (const subscriber of [...this.#due.values().take(this.#perTurn)]) {
      this.#due.delete(subscriber);
      try {
        subscriber();
      } catch (error) {
        // One watcher's failure must not keep a change from the others.
        this.#log('a watcher failed; it is called again when what it read changes', error);
      }
    }
    this.#isScheduled = false;
    this.schedule([]);
  }
}
