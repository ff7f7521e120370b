import QuickLru from 'quick-lru';

/** What is made faster is made as often as it is asked for. */
const cheapBelowMs = 1;

/** How many times as long as it took to make an answer it is not made again for who waits. */
const timesAsLong = 4;

const longestRestMs = 500;

/**
 * Keeps answers that are costly to make from being made anew after each of many changes. Who waits for a change of
 * thousands of rows is told of several at once, and making such answers leaves most of the time to the changes.
 */
export class Pacing {
  readonly #notBefore = new QuickLru<string, number>({ maxSize: 1000 });

  /** Resolves when an answer may be made again, at once where it may be now. */
  rested(content: string): undefined | Promise<void> {
    const notBefore = this.#notBefore.get(content);
    const restMs = notBefore === undefined ? 0 : notBefore - performance.now();
    return restMs <= 0 ? undefined : new Promise((resolve) => setTimeout(resolve, restMs));
  }

  /** Makes an answer or a part of one, and takes note of how long that took. */
  timed<T>(content: string, made: () => T): T {
    const began = performance.now();
    const answer = made();
    const ended = performance.now();
    const tookMs = ended - began;
    if (tookMs >= cheapBelowMs) {
      const restMs = Math.min(tookMs * timesAsLong, longestRestMs);
      const before = this.#notBefore.get(content) ?? 0;
      this.#notBefore.set(content, Math.max(before, ended + restMs));
    }
    return answer;
  }
}
