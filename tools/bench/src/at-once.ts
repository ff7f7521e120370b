/**
 * Works through a list, so many items at a time, until the list or the time is over. Gives when each
 * item that was finished in time was finished, in milliseconds after the start, in order.
 */
export async function atOnce<T>(
  items: readonly T[],
  width: number,
  { withinMs = Number.POSITIVE_INFINITY }: { readonly withinMs?: number },
  work: (item: T) => Promise<unknown>,
): Promise<readonly number[]> {
  const start = performance.now();
  const finished: number[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < items.length && performance.now() - start < withinMs) {
      const item = items[next] as T;
      next += 1;
      await work(item);
      finished.push(performance.now() - start);
    }
  };
  await Promise.all(Array.from({ length: width }, lane));
  return finished;
}
