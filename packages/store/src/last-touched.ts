import type { Revision } from './revision.ts';
import type { TouchKey } from './touch-key.ts';

/**
 * The revision that last touched each key. Bounded: forgetting a key raises the floor, which then
 * stands for it. Too high an answer wakes a reader for nothing; too low a one is never given.
 *
 * The keys are in two generations, of which the older is forgotten whole: that costs no order of use.
 */
export class LastTouched {
  readonly #half: number;
  #recent = new Map<TouchKey, Revision>();
  #older = new Map<TouchKey, Revision>();
  /** The highest revision in each generation. */
  #recentHighest: Revision = 0;
  #olderHighest: Revision = 0;
  #floor: Revision;

  constructor(floor: Revision, limit: number) {
    this.#floor = floor;
    this.#half = Math.max(1, limit >>> 1);
  }

  get size(): number {
    return this.#recent.size + this.#older.size;
  }

  /** Revisions come in their order. */
  touch(keys: Iterable<TouchKey>, revision: Revision): void {
    for (const key of keys) {
      if (this.#recent.size >= this.#half) this.#forgetOlder();
      this.#recent.set(key, revision);
      this.#recentHighest = revision;
    }
  }

  /** The highest revision of some keys; 0 for none. */
  highest(keys: Iterable<TouchKey>): Revision {
    let highest = 0;
    for (const key of keys) {
      const revision = this.#recent.get(key) ?? this.#older.get(key) ?? this.#floor;
      highest = Math.max(highest, revision);
    }
    return highest;
  }

  #forgetOlder(): void {
    this.#floor = Math.max(this.#floor, this.#olderHighest);
    this.#older = this.#recent;
    this.#olderHighest = this.#recentHighest;
    this.#recent = new Map();
  }
}
