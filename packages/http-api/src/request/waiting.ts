/** A wait of a request: its signal ends it with its time, or when the client is gone. Disposing of it keeps no timer behind. */
export class Waiting implements Disposable {
  readonly #controller = new AbortController();
  readonly #gone: AbortSignal;
  readonly #timer: NodeJS.Timeout;

  constructor(waitMs: number, gone: AbortSignal) {
    this.#gone = gone;
    // A little more than was asked for, so that many clients do not come back at once.
    const jitterMs = Math.random() * (waitMs / 16);
    this.#timer = setTimeout(this.#end, Math.ceil(waitMs + jitterMs));
    if (gone.aborted) this.#end();
    else gone.addEventListener('abort', this.#end);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  readonly #end = (): void => this.#controller.abort();

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    this.#gone.removeEventListener('abort', this.#end);
  }
}
