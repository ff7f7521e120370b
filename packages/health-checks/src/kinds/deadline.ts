/** The moment at which a check has to have its result, however many steps it takes. */
export class Deadline implements Disposable {
  readonly #timer: NodeJS.Timeout;
  #isOver = false;
  #onOver: (() => void) | undefined;

  constructor(ms: number) {
    this.#timer = setTimeout(() => {
      this.#isOver = true;
      this.#onOver?.();
    }, ms);
  }

  /** Has the present step ended when the time is over; the next step takes its place. */
  onOver(end: () => void): void {
    this.#onOver = end;
    if (this.#isOver) end();
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    this.#onOver = undefined;
  }
}
