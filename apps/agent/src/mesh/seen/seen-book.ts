/** What was seen between two services since the agent started. */
export interface Seen {
  /** Connections and requests. */
  readonly count: number;
  /** When sidecars told of it last, in milliseconds since 1970. */
  readonly last: number;
}

/** Sidecars say of themselves who they are, and may report any number: none is told that would be no whole one. */
const mostSeen = Number.MAX_SAFE_INTEGER;

/** So many pairs are kept; a mesh that has more is told of the first of them. */
const mostPairs = 100_000;

/** Which services were seen to connect to which, as sidecars report it. It is not stored: it begins anew with the agent. */
export class SeenBook {
  readonly #bySource = new Map<string, Map<string, Seen>>();
  readonly #listeners = new Set<(source: string, destination: string) => void>();
  readonly #limit: number;
  #pairs = 0;

  constructor(limit: number = mostPairs) {
    this.#limit = limit;
  }

  /** The pairs that are kept. */
  get size(): number {
    return this.#pairs;
  }

  /** What was seen from a service to another. */
  between(source: string, destination: string): Seen | undefined {
    return this.#bySource.get(source)?.get(destination);
  }

  /** Adds what a sidecar of the source reports at a time. */
  add(source: string, destination: string, count: number, at: number): void {
    if (!(count > 0)) return;
    const seen = this.#bySource.get(source) ?? new Map<string, Seen>();
    const before = seen.get(destination);
    if (before === undefined) {
      if (this.#pairs >= this.#limit) return;
      this.#pairs += 1;
    }
    this.#bySource.set(
      source,
      seen.set(destination, { count: Math.min((before?.count ?? 0) + count, mostSeen), last: at }),
    );
    for (const listener of this.#listeners) listener(source, destination);
  }

  /** Calls back with each pair of which more was seen, at once: listeners are to be cheap. Returns what ends that. */
  onChange(listener: (source: string, destination: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
