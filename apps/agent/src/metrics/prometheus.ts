import { Counter, collectDefaultMetrics, Gauge, Registry, Summary } from 'prom-client';
import { type Figure, type Labels, prometheusName, readingsOf } from './figure.ts';

/** What is counted or measured as it happens. */
export interface Declared {
  readonly name: string;
  readonly help: string;
  readonly labels: readonly string[];
}

/** Of the last ten minutes, as Consul's; from digests that stay small, for there is one a label set. */
const quantiles = {
  percentiles: [0.5, 0.9, 0.99],
  maxAgeSeconds: 600,
  ageBuckets: 2,
  compressCount: 500,
};

/** The agent's metrics in Prometheus' text. */
export class PrometheusText {
  readonly #registry = new Registry();

  /** Shows a figure from now on. */
  show(figure: Figure): void {
    const { kind, name, help, labels = [] } = figure;
    const options = {
      name: prometheusName(name, kind),
      help,
      labelNames: [...labels],
      registers: [this.#registry],
    };
    if (kind === 'gauge') {
      new Gauge({
        ...options,
        collect() {
          const readings = readingsOf(figure);
          this.reset();
          // A gauge without labels would say 0 where there is nothing to say.
          if (readings.length === 0 && labels.length === 0) this.remove();
          for (const reading of readings) this.set(reading.labels, reading.value);
        },
      });
      return;
    }
    new Counter({
      ...options,
      collect() {
        this.reset();
        for (const reading of readingsOf(figure)) this.inc(reading.labels, reading.value);
      },
    });
  }

  /** Shows what is counted; the result counts under some labels. */
  counter({ name, help, labels }: Declared): (labels: Labels) => (by: number) => void {
    const counter = new Counter({
      name: prometheusName(name, 'counter'),
      help,
      labelNames: [...labels],
      registers: [this.#registry],
    });
    return (given) => {
      const child = counter.labels(given);
      return (by) => child.inc(by);
    };
  }

  /** Shows what is measured, as Consul does: quantiles of the last minutes, count and sum; the result measures under some labels. */
  sample({ name, help, labels }: Declared): (labels: Labels) => (value: number) => void {
    const summary = new Summary({
      name: prometheusName(name, 'sample'),
      help,
      labelNames: [...labels],
      registers: [this.#registry],
      ...quantiles,
    });
    return (given) => {
      const child = summary.labels(given);
      return (value) => child.observe(value);
    };
  }

  /** All of it, with the figures of the process. */
  async text(): Promise<string> {
    const [own, ofProcess] = await Promise.all([
      this.#registry.metrics(),
      processRegistry().metrics(),
    ]);
    return own + ofProcess;
  }
}

let ofProcess: Registry | undefined;

/** One for the process, however many agents a test runs in it; watched from the first time that somebody asks. */
function processRegistry(): Registry {
  if (ofProcess !== undefined) return ofProcess;
  ofProcess = new Registry();
  collectDefaultMetrics({ register: ofProcess });
  return ofProcess;
}
