import type { CheckProbe, CheckThresholds, RunProbe } from '@chancery/model';
import { defaultOutputMaxBytes } from './kept-output.ts';
import { probe } from './probe.ts';
import type { ProbeResult, ProbeRun } from './probe-result.ts';
import { type SeriesEnd, seriesLimitMs, seriesPause } from './probe-series.ts';
import { intervalOf, nextRunMs } from './rhythm.ts';
import { firstStreak, judge, type Streak } from './verdict.ts';

/** A check that is to be run. */
export interface RunnableCheck {
  readonly checkId: string;
  readonly probe: CheckProbe;
  readonly thresholds?: CheckThresholds;
  readonly outputMaxBytes?: number;
}

/** What the runner needs from outside. `random` gives numbers in [0, 1). */
export interface CheckRunnerEffects {
  /** Told of each result that counts, also when it is as the one before. */
  readonly report: (checkId: string, result: ProbeResult) => void;
  readonly random: () => number;
  /** A clock in milliseconds. */
  readonly now: () => number;
  /** Carries out a check; `probe` of this package unless it is given. */
  readonly probe?: (check: RunProbe, run: ProbeRun) => Promise<ProbeResult>;
}

/** What a runner may do and keep. */
export interface CheckRunnerOptions {
  /** Whether programs may be run. A script check that may not is critical and says why. */
  readonly scripts?: boolean;
  /** How much is kept of an output in bytes, unless the check says so itself; 4096 without. */
  readonly outputMaxBytes?: number;
}

interface Running {
  check: RunnableCheck;
  streak: Streak;
  timer?: NodeJS.Timeout | undefined;
  /** What the last heartbeat said. */
  said: string;
  /** Aborts when the check is run no more; not there before it was run: of many checks that is most of what they hold. */
  gone?: AbortController;
  /** Ends a quick series; a later one replaces it. */
  series?: AbortController;
}

/** Why a script is not run, in Consul's words. */
export const scriptsDisabled =
  "Scripts are disabled on this agent; to enable, configure 'enable_script_checks' or 'enable_local_script_checks' to true";

/**
 * Runs checks on their intervals, each started at a random point of its first interval, judges the results
 * by their thresholds, and turns a TTL check critical when its heartbeat stays away. Checks of other kinds
 * it takes and does nothing for them.
 */
export class CheckRunner implements Disposable {
  readonly #effects: Required<CheckRunnerEffects>;
  readonly #options: Required<CheckRunnerOptions>;
  readonly #running = new Map<string, Running>();
  /** Checks whose first success is awaited before they were declared. */
  readonly #awaited = new Set<string>();

  constructor(effects: CheckRunnerEffects, options: CheckRunnerOptions = {}) {
    this.#effects = { probe, ...effects };
    this.#options = { scripts: false, outputMaxBytes: defaultOutputMaxBytes, ...options };
  }

  /** Takes over a check; one that finds its verdict as before keeps its rhythm. */
  put(check: RunnableCheck): void {
    const running = this.#running.get(check.checkId);
    if (running !== undefined && isSameRun(running.check, check)) {
      running.check = check;
      return;
    }
    this.#stop(check.checkId);
    this.#start(check);
  }

  /** Runs a check no more. */
  drop(checkId: string): void {
    this.#stop(checkId);
  }

  /** A TTL check has been heard of: its time begins anew. */
  heartbeat(checkId: string, said = ''): void {
    const running = this.#running.get(checkId);
    if (running?.check.probe.kind !== 'ttl') return;
    running.said = said;
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
    const running: Running = { check, streak: firstStreak(check.thresholds), said: '' };
    this.#running.set(check.checkId, running);
    const { probe } = check;
    if (probe.kind === 'ttl') this.#awaitHeartbeat(running, probe.ttlMs);
    if (isRun(probe)) this.#schedule(running, probe, this.#effects.random() * intervalOf(probe));
    if (this.#awaited.delete(check.checkId)) this.#startSeries(running, 'first-success');
  }

  #stop(checkId: string): void {
    const running = this.#running.get(checkId);
    clearTimeout(running?.timer);
    running?.series?.abort();
    running?.gone?.abort();
    this.#running.delete(checkId);
  }

  /** Runs a check after so many milliseconds, then again and again. */
  #schedule(running: Running, probe: RunProbe, inMs: number): void {
    const { now } = this.#effects;
    const due = now() + inMs;
    running.timer = setTimeout(async () => {
      await this.#probe(running, probe);
      if (!this.#isCurrent(running)) return;
      this.#schedule(running, probe, nextRunMs(intervalOf(probe), now() - due));
    }, inMs);
  }

  #awaitHeartbeat(running: Running, ttlMs: number): void {
    clearTimeout(running.timer);
    running.timer = setTimeout(() => {
      const { said, check } = running;
      const before = said === '' ? '' : ` (last output before timeout follows): ${said}`;
      const output = `TTL expired${before}`;
      this.#effects.report(check.checkId, { status: 'critical', output });
    }, ttlMs);
  }

  #startSeries(running: Running, end: SeriesEnd): void {
    running.series?.abort();
    running.series = new AbortController();
    void this.#series(running, end, running.series.signal);
  }

  async #series(running: Running, end: SeriesEnd, signal: AbortSignal): Promise<void> {
    const { probe } = running.check;
    if (!isRun(probe)) return;
    const { now } = this.#effects;
    const deadline = now() + seriesLimitMs[end];
    while (now() <= deadline) {
      const { status } = await this.#probe(running, probe);
      if (signal.aborted || (end === 'first-success' && status === 'passing')) return;
      if (end === 'settled' && status === 'critical') return;
      await seriesPause(signal);
      if (signal.aborted) return;
    }
  }

  async #probe(running: Running, probe: RunProbe): Promise<ProbeResult> {
    const found = await this.#found(running, probe);
    if (!this.#isCurrent(running)) return found;
    const { check } = running;
    const { streak, verdict } = judge(running.streak, found.status, check.thresholds);
    running.streak = streak;
    if (verdict !== undefined) {
      this.#effects.report(check.checkId, { status: verdict, output: found.output });
    }
    return found;
  }

  #found(running: Running, probe: RunProbe): Promise<ProbeResult> {
    if (probe.kind === 'script' && !this.#options.scripts) {
      return Promise.resolve({ status: 'critical', output: scriptsDisabled });
    }
    const { outputMaxBytes = this.#options.outputMaxBytes } = running.check;
    running.gone ??= new AbortController();
    return this.#effects.probe(probe, { outputMaxBytes, signal: running.gone.signal });
  }

  #isCurrent(running: Running): boolean {
    return this.#running.get(running.check.checkId) === running;
  }
}

function isRun(probe: CheckProbe): probe is RunProbe {
  return 'intervalMs' in probe;
}

/** Whether two declarations are run alike. Rows that did not change are the same object. */
function isSameRun(a: RunnableCheck, b: RunnableCheck): boolean {
  if (a.probe === b.probe && a.thresholds === b.thresholds) return true;
  return (
    JSON.stringify([a.probe, a.thresholds ?? null]) ===
    JSON.stringify([b.probe, b.thresholds ?? null])
  );
}
