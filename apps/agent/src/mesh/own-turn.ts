const waiting: (() => void)[] = [];

/**
 * Resolves in a turn of the event loop that nobody else is given here. However many calls there are that take long,
 * proxies, checks and the other requests come between any two of them.
 */
export function ownTurn(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  waiting.push(resolve);
  if (waiting.length === 1) setImmediate(next);
  return promise;
}

function next(): void {
  waiting.shift()?.();
  if (waiting.length > 0) setImmediate(next);
}
