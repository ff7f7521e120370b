import type { ApiMetrics } from '@chancery/http-api';
import { consulJson } from './consul-json.ts';
import { type Figure, type Labels, readingsOf } from './figure.ts';
import { type Interval, Intervals, intervalMs, type Series } from './intervals.ts';
import { type Declared, PrometheusText } from './prometheus.ts';

/** How the metrics of an agent are kept and shown. */
export interface MetricsOptions {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Stands in the names of gauges in Consul's JSON; left out where it is absent. */
  readonly hostName?: string;
  /** Whether Prometheus' text is served. */
  readonly prometheus: boolean;
  /** The first word of the names that Consul has too, in place of `consul`. */
  readonly prefix: string;
  /** Whether a metric is shown, by its name. */
  readonly shows: (name: string) => boolean;
}

/** Counts or measures under some labels; asked for once for each set of labels. */
export type Recorder = (labels: Labels) => (value: number) => void;

/**
 * Everything an agent measures. What can be read off is read when somebody looks; what happens is
 * counted as it happens, in total for Prometheus and in intervals for Consul's JSON.
 */
export class AgentMetrics implements ApiMetrics, Disposable {
  readonly #options: MetricsOptions;
  readonly #figures: Figure[] = [];
  readonly #text = new PrometheusText();
  readonly #intervals: Intervals;
  /** What each counter that is read off said last. */
  readonly #before = new Map<string, { readonly series: Series; value: number }>();
  readonly #listeners = new Set<(interval: Interval) => void>();
  #timer: NodeJS.Timeout | undefined;

  constructor(options: MetricsOptions) {
    this.#options = options;
    this.#intervals = new Intervals(options.now());
    this.#arm();
  }

  /** Reads these off from now on. */
  watch(figures: readonly Figure[]): void {
    const shown = figures
      .map((figure) => ({ ...figure, name: this.#named(figure.name) }))
      .filter(({ name }) => this.#options.shows(name));
    this.#figures.push(...shown);
    for (const figure of shown) this.#text.show(figure);
  }

  /** Declares what is counted. */
  counter(declared: Declared): Recorder {
    return this.#recorder('counter', declared, (shown) => this.#text.counter(shown));
  }

  /** Declares what is measured. */
  sample(declared: Declared): Recorder {
    return this.#recorder('sample', declared, (shown) => this.#text.sample(shown));
  }

  /** Calls back at the end of each interval. */
  onInterval(listener: (interval: Interval) => void): Disposable {
    this.#listeners.add(listener);
    return { [Symbol.dispose]: () => this.#listeners.delete(listener) };
  }

  /** Ends the interval; a timer does so every ten seconds. */
  closeInterval(): void {
    for (const figure of this.#figures) if (figure.kind === 'counter') this.#count(figure);
    const closed = this.#intervals.close(this.#options.now());
    for (const listener of this.#listeners) listener(closed);
  }

  readonly json = (): object => this.#shown(this.#intervals.latest);

  readonly prometheus = (): Promise<string> | undefined =>
    this.#options.prometheus ? this.#text.text() : undefined;

  readonly stream = (gone: AbortSignal): AsyncIterable<object> => this.#each(gone);

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    this.#listeners.clear();
  }

  async *#each(gone: AbortSignal): AsyncGenerator<object> {
    while (!gone.aborted) {
      const interval = await this.#next(gone);
      if (interval !== undefined) yield this.#shown(interval);
    }
  }

  #next(gone: AbortSignal): Promise<Interval | undefined> {
    return new Promise((resolve) => {
      const end = (interval?: Interval): void => {
        listening[Symbol.dispose]();
        gone.removeEventListener('abort', onGone);
        resolve(interval);
      };
      const onGone = (): void => end();
      const listening = this.onInterval(end);
      gone.addEventListener('abort', onGone, { once: true });
    });
  }

  #shown(interval: Interval): object {
    return consulJson(this.#figures, interval, this.#options.hostName);
  }

  #recorder(
    kind: Series['kind'],
    declared: Declared,
    totals: (shown: Declared) => (labels: Labels) => (value: number) => void,
  ): Recorder {
    const name = this.#named(declared.name);
    if (!this.#options.shows(name)) return () => () => undefined;
    const total = totals({ ...declared, name });
    return (labels) => {
      const series = this.#intervals.series(kind, name, labels);
      const add = total(labels);
      return (value) => {
        series.add(value);
        add(value);
      };
    };
  }

  #named(name: string): string {
    return name.replace(/^consul\./, `${this.#options.prefix}.`);
  }

  #count(figure: Figure): void {
    for (const { labels, value } of readingsOf(figure)) {
      const key = `${figure.name} ${JSON.stringify(labels)}`;
      const series = (): Series => this.#intervals.series('counter', figure.name, labels);
      const known = this.#before.get(key) ?? { series: series(), value: 0 };
      known.series.add(1, value - known.value);
      known.value = value;
      this.#before.set(key, known);
    }
  }

  /** At the tens of seconds of the clock, so that the intervals of several agents are the same. */
  #arm(): void {
    const inMs = intervalMs - (this.#options.now() % intervalMs);
    this.#timer = setTimeout(() => {
      this.closeInterval();
      this.#arm();
    }, inMs);
    this.#timer.unref();
  }
}
