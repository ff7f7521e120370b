/** What came of something that may take so long and no longer. */
export type InTime<T> =
  | { readonly kind: 'done'; readonly value: T }
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'late' };

/** Waits for something for some milliseconds at most; what it left open is told to end then. */
export async function within<T>(
  limitMs: number,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<InTime<T>> {
  const over = new AbortController();
  const { promise: late, resolve } = Promise.withResolvers<InTime<T>>();
  const timer = setTimeout(() => resolve({ kind: 'late' }), limitMs);
  const done = work(over.signal).then(
    (value): InTime<T> => ({ kind: 'done', value }),
    (error): InTime<T> => ({ kind: 'failed', error }),
  );
  try {
    return await Promise.race([done, late]);
  } finally {
    clearTimeout(timer);
    over.abort();
  }
}
