/** Lets something happen at once, but never more often than so. */
export interface Pace {
  /** Now if the last time is long enough ago, else as soon as it is; many requests are one. */
  readonly request: () => void;
  readonly stop: () => void;
}

/** What a pace is kept by. */
export interface PaceClock {
  /** Milliseconds that only go up. */
  readonly now: () => number;
  /** Calls something once after some milliseconds; gives what takes that back. */
  readonly later: (run: () => void, ms: number) => () => void;
}

/** Runs something at most once in so many milliseconds. */
export function paced(run: () => void, interval: number, clock: PaceClock): Pace {
  let last = Number.NEGATIVE_INFINITY;
  let cancel: (() => void) | undefined;
  const act = (): void => {
    cancel = undefined;
    last = clock.now();
    run();
  };
  return {
    request() {
      if (cancel !== undefined) return;
      const due = last + interval - clock.now();
      if (due <= 0) act();
      else cancel = clock.later(act, due);
    },
    stop() {
      cancel?.();
      cancel = undefined;
    },
  };
}
