import { checkKey, checkStatuses, checks, setCheckStatus } from '@chancery/catalog';
import type { ProbeResult } from '@chancery/health-checks';
import type { Committed, Principal, Store } from '@chancery/store';

/** Who reports, and why. */
export interface Reporter {
  readonly principal: Principal;
  readonly why: string;
}

/** What reports of checks need. `random` gives numbers in [0, 1). */
export interface CheckReportsParts {
  readonly store: Store;
  readonly node: string;
  readonly random: () => number;
  /** About how long an output waits that says something else about the same verdict. */
  readonly outputEveryMs?: number;
}

/** Consul's `check_update_interval`. */
const usualOutputEveryMs = 5 * 60_000;

/**
 * Records what checks find. A verdict is kept at once; what only says something else about the same verdict, such
 * as the time of day, waits for some minutes, as in Consul: else every run of such a check would wake whoever
 * watches its service. What was said last is known here at once.
 */
export class CheckReports implements Disposable {
  readonly #parts: CheckReportsParts;
  readonly #outputs = new Map<string, string>();
  readonly #waiting = new Map<string, NodeJS.Timeout>();

  constructor(parts: CheckReportsParts) {
    this.#parts = parts;
  }

  /** Takes what a check of this node found. What is as it was costs nothing. */
  async report(checkId: string, found: ProbeResult, by: Reporter): Promise<Committed<unknown>> {
    const { store, node } = this.#parts;
    const key = checkKey(node, checkId);
    const kept = store.view.get(checkStatuses, key);
    if (kept?.status !== found.status) return await this.#commit(checkId, found, by);
    if (kept.output === found.output) this.forget(checkId);
    else this.#keepForLater(checkId, found.output, by);
    return { ok: true, result: undefined, revision: store.view.revision };
  }

  /** What a check said last, where it is not what is recorded. */
  lastOutput(checkId: string): string | undefined {
    return this.#outputs.get(checkId);
  }

  /** A check is gone, or what it said last is recorded. */
  forget(checkId: string): void {
    clearTimeout(this.#waiting.get(checkId));
    this.#waiting.delete(checkId);
    this.#outputs.delete(checkId);
  }

  [Symbol.dispose](): void {
    for (const timer of this.#waiting.values()) clearTimeout(timer);
    this.#waiting.clear();
  }

  #commit(checkId: string, found: ProbeResult, by: Reporter): Promise<Committed<unknown>> {
    this.forget(checkId);
    const { store, node } = this.#parts;
    return store.commit(setCheckStatus, { node, checkId, ...found }, by);
  }

  #keepForLater(checkId: string, output: string, by: Reporter): void {
    this.#outputs.set(checkId, output);
    if (this.#waiting.has(checkId)) return;
    const { random, outputEveryMs = usualOutputEveryMs } = this.#parts;
    const timer = setTimeout(
      () => this.#recordOutput(checkId, by),
      outputEveryMs * (0.5 + random()),
    );
    this.#waiting.set(checkId, timer);
  }

  #recordOutput(checkId: string, by: Reporter): void {
    const { store, node } = this.#parts;
    const key = checkKey(node, checkId);
    const kept = store.view.get(checkStatuses, key);
    const output = this.#outputs.get(checkId);
    if (output === undefined || kept === undefined || !store.view.get(checks, key)) return;
    void this.#commit(checkId, { status: kept.status, output }, by);
  }
}
