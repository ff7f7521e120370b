/** What one reader of the log is given at most to catch up with. */
const maxChars = 256 * 1024;

/** Lines on their way to one reader. What does not fit is counted and not kept: a reader that stands still costs no memory. */
export class LineQueue {
  #lines: string[] = [];
  #chars = 0;
  #lost = 0;
  #wake: (() => void) | undefined;

  /** Takes a line, or counts it as lost. From the first that is lost on none is made until the reader was here. */
  push(line: () => string): void {
    if (this.#lost > 0 || !this.#keeps(line())) this.#lost += 1;
    this.#wake?.();
  }

  #keeps(line: string): boolean {
    const fits = this.#chars + line.length <= maxChars;
    if (fits) this.#lines.push(line);
    if (fits) this.#chars += line.length;
    return fits;
  }

  /** Waits for lines; resolves with what there is, and with how many were lost since. Nothing once the signal aborts. */
  async next(gone: AbortSignal): Promise<{ readonly lines: string; readonly lost: number }> {
    if (this.#lines.length === 0 && this.#lost === 0) await this.#something(gone);
    const taken = { lines: this.#lines.join(''), lost: this.#lost };
    this.#lines = [];
    this.#chars = 0;
    this.#lost = 0;
    return taken;
  }

  #something(gone: AbortSignal): Promise<void> {
    if (gone.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = (): void => {
        this.#wake = undefined;
        gone.removeEventListener('abort', wake);
        resolve();
      };
      this.#wake = wake;
      gone.addEventListener('abort', wake, { once: true });
    });
  }
}
