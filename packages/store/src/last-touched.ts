import type { TouchKey } from './touch-key.ts';
import type { Revision } from './view.ts';

/**
 * The revision that last touched each key. Bounded: forgetting a key raises the floor, which then
 * stands for it. Too high an answer wakes a reader for nothing; too low a one is never given.
 */
export class LastTouched {
  /** In the order of revisions, since a touched key moves to the end. */
  readonly #revisions = new Map<TouchKey, Revision>();
  readonly #limit: number;
  #floor: Revision;

  constructor(floor: Revision, limit: number) {
    this.#floor = floor;
    this.#limit = limit;
  }

  get size(): number {
    return this.#revisions.size;
  }

  touch(keys: Iterable<TouchKey>, revision: Revision): void {
    for (const key of keys) {
      this.#revisions.delete(key);
      this.#revisions.set(key, revision);
    }
    for (const [key, oldest] of this.#revisions) {
      if (this.#revisions.size <= this.#limit) return;
      this.#revisions.delete(key);
      this.#floor = oldest;
    }
  }

  /** The highest revision of some keys; 0 for none. */
  highest(keys: Iterable<TouchKey>): Revision {
    let highest = 0;
    for (const key of keys) highest = Math.max(highest, this.#revisions.get(key) ?? this.#floor);
    return highest;
  }
}
