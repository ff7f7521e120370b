import type { CheckProbe } from '@chancery/model';
import type { ActiveProbe, ProbeResult } from './probe.ts';

/** A check that this agent is responsible for. */
export interface RunnableCheck {
  readonly checkId: string;
  readonly probe: CheckProbe;
}

/** What the runner needs from outside. `random` gives numbers in [0, 1). */
export interface CheckRunnerEffects {
  readonly probe: (check: ActiveProbe) => Promise<ProbeResult>;
  readonly report: (checkId: string, result: ProbeResult) => void;
  readonly random: () => number;
  /** A clock in milliseconds. */
  readonly now: () => number;
}

interface Running {
  readonly check: RunnableCheck;
  timer?: NodeJS.Timeout | undefined;
  /** Ends a quick series; a later one replaces it. */
  series?: AbortController;
}

/** How a quick series of probes ends: with the first success, or when the settling time is over. */
export type SeriesEnd = 'first-success' | 'settled';

const seriesEveryMs = 100;
const seriesLimitMs: Readonly<Record<SeriesEnd, number>> = {
  'first-success': 30_000,
  settled: 1_000,
};

/**
 * Runs the checks of one node on their intervals, each started at a random point of its first
 * interval, and turns a TTL check critical when its heartbeat stays away.
 */
export class CheckRunner implements Disposable {
  readonly #effects: CheckRunnerEffects;
  readonly #running = new Map<string, Running>();
  /** Checks whose first success is awaited before they were declared: a stream may open sooner. */
  readonly #awaited = new Set<string>();

  constructor(effects: CheckRunnerEffects) {
    this.#effects = effects;
  }

  /** Takes over a check; one whose probe is the same keeps its rhythm. */
  put(check: RunnableCheck): void {
    if (this.#running.get(check.checkId)?.check.probe === check.probe) return;
    this.#stop(check.checkId);
    this.#start(check);
  }

  /** Runs a check no more. */
  drop(checkId: string): void {
    this.#stop(checkId);
  }

  /** A TTL check has been heard of: its time begins anew. */
  heartbeat(checkId: string): void {
    const running = this.#running.get(checkId);
    if (running?.check.probe.kind === 'ttl')
      this.#awaitHeartbeat(running, running.check.probe.ttlMs);
  }

  /** Probes at once and then every 100 ms: until the first success (at most 30 s), or until it has settled (1 s). */
  probeInSeries(checkId: string, end: SeriesEnd): void {
    const running = this.#running.get(checkId);
    if (running) this.#startSeries(running, end);
    else if (end === 'first-success') this.#awaited.add(checkId);
    else this.#awaited.delete(checkId);
  }

  [Symbol.dispose](): void {
    for (const checkId of [...this.#running.keys()]) this.#stop(checkId);
  }

  #start(check: RunnableCheck): void {
    const running: Running = { check };
    this.#running.set(check.checkId, running);
    const { probe } = check;
    if (probe.kind === 'ttl') this.#awaitHeartbeat(running, probe.ttlMs);
    if (isActive(probe)) this.#schedule(running, probe, this.#effects.random() * probe.intervalMs);
    if (this.#awaited.delete(check.checkId)) this.#startSeries(running, 'first-success');
  }

  #stop(checkId: string): void {
    const running = this.#running.get(checkId);
    clearTimeout(running?.timer);
    running?.series?.abort();
    this.#running.delete(checkId);
  }

  #schedule(running: Running, probe: ActiveProbe, inMs: number): void {
    running.timer = setTimeout(async () => {
      await this.#probe(running, probe);
      if (this.#isCurrent(running)) this.#schedule(running, probe, probe.intervalMs);
    }, inMs);
  }

  #awaitHeartbeat(running: Running, ttlMs: number): void {
    clearTimeout(running.timer);
    running.timer = setTimeout(() => {
      this.#effects.report(running.check.checkId, { status: 'critical', output: 'TTL expired' });
    }, ttlMs);
  }

  #startSeries(running: Running, end: SeriesEnd): void {
    running.series?.abort();
    running.series = new AbortController();
    void this.#series(running, end, running.series.signal);
  }

  async #series(running: Running, end: SeriesEnd, signal: AbortSignal): Promise<void> {
    const { probe } = running.check;
    if (!isActive(probe)) return;
    const { now } = this.#effects;
    const deadline = now() + seriesLimitMs[end];
    while (now() <= deadline) {
      const { status } = await this.#probe(running, probe);
      if (signal.aborted || (end === 'first-success' && status === 'passing')) return;
      if (end === 'settled' && status === 'critical') return;
      await pause(seriesEveryMs, signal);
      if (signal.aborted) return;
    }
  }

  async #probe(running: Running, probe: ActiveProbe): Promise<ProbeResult> {
    const result = await this.#effects.probe(probe);
    if (this.#isCurrent(running)) this.#effects.report(running.check.checkId, result);
    return result;
  }

  #isCurrent(running: Running): boolean {
    return this.#running.get(running.check.checkId) === running;
  }
}

function isActive(probe: CheckProbe): probe is ActiveProbe {
  return probe.kind === 'tcp' || probe.kind === 'http';
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  signal.addEventListener(
    'abort',
    () => {
      clearTimeout(timer);
      resolve();
    },
    { once: true },
  );
  return promise;
}
