import { monitorEventLoopDelay, PerformanceObserver } from 'node:perf_hooks';
import type { AgentMetrics } from './agent-metrics.ts';
import type { Figure, Reading } from './figure.ts';

/** How often the event loop is looked at; a delay below this is not seen. */
const resolutionMs = 20;

/** Measures the process: memory, garbage collection and how late the event loop is. */
export function measureProcess(metrics: AgentMetrics): Disposable {
  const stack = new DisposableStack();
  const collections = stack.use(new Collections(metrics));
  const delay = monitorEventLoopDelay({ resolution: resolutionMs });
  delay.enable();
  stack.defer(() => delay.disable());
  let last = delaysOf(delay);
  stack.use(
    metrics.onInterval(() => {
      last = delaysOf(delay);
      delay.reset();
    }),
  );
  metrics.watch([
    {
      kind: 'gauge',
      name: 'chancery.runtime.event_loop_delay_ms',
      help: 'How late the event loop was in the last ten seconds, in milliseconds; quantile 1 is the worst.',
      labels: ['quantile'],
      read: () => last,
    },
    ...memory,
    ...collections.figures,
  ]);
  return stack;
}

function delaysOf(delay: ReturnType<typeof monitorEventLoopDelay>): readonly Reading[] {
  return ([0.5, 0.99, 1] as const).map((quantile) => ({
    labels: { quantile: String(quantile) },
    value: Math.max(0, delay.percentile(quantile * 100) / 1e6 - resolutionMs),
  }));
}

const memory: readonly Figure[] = [
  {
    kind: 'gauge',
    name: 'consul.runtime.alloc_bytes',
    help: 'Bytes of the heap in use.',
    read: () => process.memoryUsage().heapUsed,
  },
  {
    kind: 'gauge',
    name: 'consul.runtime.sys_bytes',
    help: 'Bytes of memory the process holds.',
    read: () => process.memoryUsage.rss(),
  },
];

/** Counts the garbage collector's work. */
class Collections implements Disposable {
  readonly figures: readonly Figure[];
  readonly #observer: PerformanceObserver;
  #runs = 0;
  #pausedNs = 0;

  constructor(metrics: AgentMetrics) {
    const pauses = metrics.sample({
      name: 'consul.runtime.gc_pause_ns',
      help: 'How long collections of garbage took, in nanoseconds.',
      labels: [],
    })({});
    this.#observer = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) {
        this.#runs += 1;
        this.#pausedNs += duration * 1e6;
        pauses(duration * 1e6);
      }
    });
    this.#observer.observe({ entryTypes: ['gc'] });
    this.figures = [
      {
        kind: 'gauge',
        name: 'consul.runtime.total_gc_pause_ns',
        help: 'How long collections of garbage took since the start, in nanoseconds.',
        read: () => this.#pausedNs,
      },
      {
        kind: 'gauge',
        name: 'consul.runtime.total_gc_runs',
        help: 'Collections of garbage since the start.',
        read: () => this.#runs,
      },
    ];
  }

  [Symbol.dispose](): void {
    this.#observer.disconnect();
  }
}
