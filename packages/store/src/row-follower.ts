import { rowTouch, type TouchKey } from './touch-key.ts';

/** A row by its key as it is now; undefined when it is not there any more. */
export type FollowedRow<Row> = readonly [key: string, row: Row | undefined];

/** Gathers which rows of one table commits touched, and tells of each as it is by then, once. */
export class RowFollower {
  readonly #prefix: string;
  readonly #tell: (keys: readonly string[]) => void;
  #touched = new Set<string>();

  /** `tell` is given the keys of rows; what it throws leaves them to the next delivery. */
  constructor(table: string, present: Iterable<string>, tell: (keys: readonly string[]) => void) {
    this.#prefix = rowTouch(table, '');
    this.#tell = tell;
    for (const key of present) this.#touched.add(key);
  }

  get isDue(): boolean {
    return this.#touched.size > 0;
  }

  /** Takes note of the keys that a commit touched. */
  note(touched: Iterable<TouchKey>): void {
    for (const key of touched) {
      if (key.startsWith(this.#prefix)) this.#touched.add(key.slice(this.#prefix.length));
    }
  }

  /** Tells what was gathered. A property, so that it is scheduled once however often it is due. */
  readonly deliver = (): void => {
    if (this.#touched.size === 0) return;
    this.#tell([...this.#touched]);
    this.#touched = new Set();
  };
}
