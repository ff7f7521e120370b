/** Work that is done a little at a time, for who has other things to do in between: each step takes about a millisecond or less. */
export type Steps<T> = Generator<undefined, T>;

/** Takes all steps at once. */
export function takenAtOnce<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}
