/** Entries that do not fit together. */
export interface Contradiction {
  /** In Consul's words. */
  readonly words: string;
  /** The keys of these entries, whether or not there are such: that one is lacking may be what is wrong. */
  readonly between: readonly string[];
}

/** A contradiction between entries; each is named once. */
export function contradiction(words: string, ...between: readonly string[]): Contradiction {
  return { words, between: [...new Set(between)] };
}

/** The first contradiction that a look at each of several things finds. */
export function firstContradiction<T>(
  things: Iterable<T>,
  look: (thing: T) => Contradiction | undefined,
): Contradiction | undefined {
  for (const thing of things) {
    const found = look(thing);
    if (found !== undefined) return found;
  }
  return undefined;
}
