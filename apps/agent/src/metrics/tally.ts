/** What happened within one interval, in the terms of Consul's JSON. */
export interface Summed {
  readonly count: number;
  readonly sum: number;
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  readonly stddev: number;
}

/** Adds up values as they come, keeping none of them. */
export class Tally {
  #count = 0;
  #sum = 0;
  #squares = 0;
  #min = Number.POSITIVE_INFINITY;
  #max = Number.NEGATIVE_INFINITY;

  /** Adds a value, so many times. */
  add(value: number, times = 1): void {
    if (times <= 0) return;
    this.#count += times;
    this.#sum += value * times;
    this.#squares += value * value * times;
    this.#min = Math.min(this.#min, value);
    this.#max = Math.max(this.#max, value);
  }

  /** The sum of it all; nothing where nothing was added. */
  summed(): Summed | undefined {
    const count = this.#count;
    if (count === 0) return undefined;
    const mean = this.#sum / count;
    const spread = (this.#squares - count * mean * mean) / (count - 1);
    const stddev = count === 1 ? 0 : Math.sqrt(Math.max(0, spread));
    return { count, sum: this.#sum, min: this.#min, max: this.#max, mean, stddev };
  }
}
