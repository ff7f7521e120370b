/** A wish to stop, from a signal or from inside. */
export interface Stop {
  readonly promise: Promise<void>;
  /** Wishes it from inside. */
  readonly now: () => void;
}

/** Resolves with the first SIGINT or SIGTERM; a second one ends the process at once, as it does by default. */
export function untilStopped(): Stop {
  const { promise, resolve } = Promise.withResolvers<void>();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  return { promise, now: resolve };
}
