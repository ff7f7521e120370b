/** Reports what has no caller to be thrown at. */
export type Log = (message: string, error?: unknown) => void;

/** Calls subscribers in a later turn of the event loop, each once however often it became due. */
export class Deliveries {
  readonly #log: Log;
  #due = new Set<() => void>();

  constructor(log: Log) {
    this.#log = log;
  }

  schedule(subscribers: Iterable<() => void>): void {
    const idle = this.#due.size === 0;
    for (const subscriber of subscribers) this.#due.add(subscriber);
    if (idle && this.#due.size > 0) setImmediate(() => this.#deliver());
  }

  #deliver(): void {
    const due = this.#due;
    this.#due = new Set();
    for (const subscriber of due) {
      try {
        subscriber();
      } catch (error) {
        // One watcher's failure must not keep a change from the others.
        this.#log('a watcher failed; it is called again when what it read changes', error);
      }
    }
  }
}
