import { setTimeout as sleep } from 'node:timers/promises';

/** How long to try, how often, and what it is about when it never comes true. */
export interface UntilOptions {
  readonly withinMs: number;
  /** 20 ms unless it is given. */
  readonly everyMs?: number;
  /** Ends the sentence "within N ms it did not happen that …". */
  readonly what: string;
  /** Gives up at once when this is true: it cannot happen any more. */
  readonly unless?: () => boolean;
}

/** What came true, and after how long. */
export interface Became<T> {
  readonly value: T;
  readonly elapsedMs: number;
}

type Falsy = false | undefined | null | '';

/** Tries until the check returns something true; one that throws has not come true yet. */
export async function until<T>(
  check: () => T | Falsy | Promise<T | Falsy>,
  { withinMs, everyMs = 20, what, unless }: UntilOptions,
): Promise<Became<T>> {
  const start = performance.now();
  let last: unknown;
  for (;;) {
    try {
      const value = await check();
      if (value !== false && value !== undefined && value !== null && value !== '') {
        return { value, elapsedMs: performance.now() - start };
      }
    } catch (error) {
      last = error;
    }
    if (unless?.() === true) throw new Error(`it cannot happen that ${what}`, { cause: last });
    if (performance.now() - start > withinMs) {
      throw new Error(`within ${withinMs} ms it did not happen that ${what}`, { cause: last });
    }
    await sleep(everyMs);
  }
}
