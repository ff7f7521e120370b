import type { Labels } from './figure.ts';
import { type Summed, Tally } from './tally.ts';

/** What happened under one name and labels, interval by interval. */
export class Series {
  readonly kind: 'counter' | 'sample';
  readonly name: string;
  readonly labels: Labels;
  #tally = new Tally();

  constructor(kind: Series['kind'], name: string, labels: Labels) {
    this.kind = kind;
    this.name = name;
    this.labels = labels;
  }

  /** Counts a value, or the same value several times. */
  add(value: number, times?: number): void {
    this.#tally.add(value, times);
  }

  /** What there was so far in this interval. */
  summed(): Summed | undefined {
    return this.#tally.summed();
  }

  beginAnew(): void {
    this.#tally = new Tally();
  }
}

/** What one series did in one interval. */
export interface SeriesSum extends Pick<Series, 'kind' | 'name' | 'labels'> {
  readonly summed: Summed;
}

/** An interval and what happened in it; it may still go on. */
export interface Interval {
  /** When it began, in milliseconds since 1970. */
  readonly began: number;
  readonly series: readonly SeriesSum[];
}

/** How long an interval is. */
export const intervalMs = 10_000;

/**
 * Sums up what happens in intervals of ten seconds, as Consul's JSON tells it: the numbers of the last
 * interval that is over, or of the first while it goes on.
 */
export class Intervals {
  readonly #series = new Map<string, Series>();
  #began: number;
  #last: Interval | undefined;

  constructor(now: number) {
    this.#began = beginning(now);
  }

  /** The series of a name and labels; to be asked for once, not at each event. */
  series(kind: Series['kind'], name: string, labels: Labels): Series {
    const key = JSON.stringify([kind, name, labels]);
    const series = this.#series.get(key) ?? new Series(kind, name, labels);
    this.#series.set(key, series);
    return series;
  }

  /** The last interval that is over, else the one that goes on. */
  get latest(): Interval {
    return this.#last ?? this.#present();
  }

  /** Ends the interval. */
  close(now: number): Interval {
    const closed = this.#present();
    this.#last = closed;
    this.#began = beginning(now);
    for (const series of this.#series.values()) series.beginAnew();
    return closed;
  }

  #present(): Interval {
    const series = [...this.#series.values()].flatMap((each) => {
      const summed = each.summed();
      return summed ? [{ kind: each.kind, name: each.name, labels: each.labels, summed }] : [];
    });
    return { began: this.#began, series };
  }
}

function beginning(now: number): number {
  return Math.floor(now / intervalMs) * intervalMs;
}
