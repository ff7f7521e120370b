/** Waits for something, or until the signal aborts. Rejects with what that rejects with. */
export async function untilAborted(wanted: Promise<void>, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  const { promise: aborted, resolve } = Promise.withResolvers<void>();
  const onAbort = (): void => resolve();
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    await Promise.race([wanted, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

/** Waits for some milliseconds, or until the signal aborts. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  const { promise: over, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  timer.unref();
  await untilAborted(over, signal);
  clearTimeout(timer);
}
