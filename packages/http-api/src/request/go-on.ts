/**
 * Goes on with a value: at once when it is there, later when it is awaited. Most answers are there, and a
 * promise for each step would cost more than the answer.
 */
export function goOn<T, R>(
  value: T | Promise<T>,
  next: (value: T) => R | Promise<R>,
): R | Promise<R> {
  return value instanceof Promise ? value.then(next) : next(value);
}
