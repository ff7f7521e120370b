/** Ends with SIGINT or SIGTERM while it is held. */
export interface Interruption extends Disposable {
  readonly signal: AbortSignal;
}

const signals = ['SIGINT', 'SIGTERM'] as const;

/** Aborts with SIGINT or SIGTERM; a second one ends the process at once, as it does by default. */
export function interruption(): Interruption {
  const stop = new AbortController();
  const onSignal = (): void => {
    release();
    stop.abort();
  };
  const release = (): void => {
    for (const signal of signals) process.off(signal, onSignal);
  };
  for (const signal of signals) process.on(signal, onSignal);
  return { signal: stop.signal, [Symbol.dispose]: release };
}
