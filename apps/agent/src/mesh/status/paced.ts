/** How long a change may wait for others to come with it, in milliseconds: ten times a second is often enough to look. */
export const paceMs = 100;

/** What goes wrong in what is run. */
export type OnFailure = (cause: unknown) => void;

/** What takes long is done less often: it may have this part of the time. */
const share = 1 / 4;

/**
 * Runs something soon after it was asked for, once for all who asked meanwhile: at once after a pause, else
 * not before a pace has passed since it ended last.
 */
export class Paced implements Disposable {
  readonly #run: () => void | Promise<void>;
  readonly #onFailure: OnFailure;
  #timer: NodeJS.Timeout | undefined;
  #isRunning = false;
  #isWanted = false;
  #nextAt = Number.NEGATIVE_INFINITY;
  #isOver = false;

  constructor(run: () => void | Promise<void>, onFailure: OnFailure) {
    this.#run = run;
    this.#onFailure = onFailure;
  }

  /** Has it run soon. */
  request(): void {
    this.#isWanted = true;
    if (this.#isOver || this.#isRunning || this.#timer !== undefined) return;
    const waitMs = Math.max(0, this.#nextAt - performance.now());
    this.#timer = setTimeout(() => void this.#go(), waitMs);
    this.#timer.unref();
  }

  [Symbol.dispose](): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
  }

  async #go(): Promise<void> {
    this.#timer = undefined;
    this.#isWanted = false;
    this.#isRunning = true;
    const began = performance.now();
    try {
      await this.#run();
    } catch (cause) {
      this.#onFailure(cause);
    }
    this.#isRunning = false;
    const ended = performance.now();
    this.#nextAt = ended + Math.max(paceMs, (ended - began) * (1 / share - 1));
    if (this.#isWanted) this.request();
  }
}
