import { isDeepStrictEqual } from 'node:util';

/** Where rows are put by what keeps them current. A row that says what the one before it said is no change. */
export interface RowSink<Row> {
  readonly put: (key: string, row: Row) => void;
  readonly remove: (key: string) => void;
}

/** Something that keeps rows current until it is disposed of. */
export interface RowFeed extends Disposable {
  /** Resolves when all that there is was put. */
  readonly ready: Promise<void>;
}

/** Begins to put rows. */
export type OpenRows<Row> = (sink: RowSink<Row>) => RowFeed;

/** Told of the key of each row that came, changed or went. */
export type RowListener = (key: string) => void;

/**
 * The rows of a section by their keys, shared by all who watch them. They are kept current from the first
 * watcher's coming until the last one's leaving; without one they are not there.
 */
export class LiveRows<Row> {
  readonly #open: OpenRows<Row>;
  readonly #rows = new Map<string, Row>();
  readonly #listeners = new Set<RowListener>();
  #feed: RowFeed | undefined;

  constructor(open: OpenRows<Row>) {
    this.#open = open;
  }

  /** Resolves when all that there is can be read; at once without a watcher. */
  get ready(): Promise<void> {
    return this.#feed?.ready ?? Promise.resolve();
  }

  get isWatched(): boolean {
    return this.#listeners.size > 0;
  }

  get size(): number {
    return this.#rows.size;
  }

  get(key: string): Row | undefined {
    return this.#rows.get(key);
  }

  keys(): readonly string[] {
    return [...this.#rows.keys()];
  }

  values(): Iterable<Row> {
    return this.#rows.values();
  }

  /** Is told of changes until it is disposed of. Listeners must be cheap: they note what to look at later. */
  watch(listener: RowListener): Disposable {
    // Wrapped, so that one who watches twice is told twice and leaves twice.
    const own: RowListener = (key) => listener(key);
    this.#listeners.add(own);
    this.#feed ??= this.#begin();
    return {
      [Symbol.dispose]: () => {
        if (this.#listeners.delete(own) && this.#listeners.size === 0) this.#end();
      },
    };
  }

  #begin(): RowFeed {
    const feed = this.#open({
      put: (key, row) => this.#put(key, row),
      remove: (key) => {
        if (this.#rows.delete(key)) this.#tell(key);
      },
    });
    // Whoever waits for it is told of its failure; of those who do not, none is to be ended by it.
    feed.ready.catch(() => {});
    return feed;
  }

  #end(): void {
    this.#feed?.[Symbol.dispose]();
    this.#feed = undefined;
    this.#rows.clear();
  }

  #put(key: string, row: Row): void {
    if (isDeepStrictEqual(this.#rows.get(key), row)) return;
    this.#rows.set(key, row);
    this.#tell(key);
  }

  #tell(key: string): void {
    for (const listener of this.#listeners) listener(key);
  }
}
