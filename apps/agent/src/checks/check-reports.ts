import {
  type CheckState,
  checkKey,
  checkStatuses,
  checks,
  setCheckStatus,
} from '@chancery/catalog';
import type { ProbeResult } from '@chancery/health-checks';
import type { Committed, CommittedBy, Store } from '@chancery/store';

/** A verdict that is recorded. */
export interface Verdict extends CheckState {
  readonly checkId: string;
  /** Empty for a check of the node itself. */
  readonly serviceId: string;
  /** What it was before; absent for the first one. */
  readonly before?: CheckState['status'];
}

/** What reports of checks need. `random` gives numbers in [0, 1). */
export interface CheckReportsParts {
  readonly store: Store;
  readonly node: string;
  readonly random: () => number;
  /** Hears of each verdict that is not as it was. */
  readonly onVerdict?: (verdict: Verdict) => void;
  /** About how long an output waits that says something else about the same verdict. */
  readonly outputEveryMs: number;
}

/** As long as a timer can wait. */
const longestMs = 2 ** 31 - 1;

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
  async report(checkId: string, found: ProbeResult, by: CommittedBy): Promise<Committed<unknown>> {
    const { store, node } = this.#parts;
    const key = checkKey(node, checkId);
    const kept = store.view.get(checkStatuses, key);
    if (kept?.status !== found.status) {
      const committed = await this.#commit(checkId, found, by);
      if (committed.ok) this.#tell(checkId, found, kept?.status);
      return committed;
    }
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

  #commit(checkId: string, found: ProbeResult, by: CommittedBy): Promise<Committed<unknown>> {
    this.forget(checkId);
    const { store, node } = this.#parts;
    return store.commit(setCheckStatus, { node, checkId, ...found }, by);
  }

  #tell(checkId: string, { status, output }: ProbeResult, before: Verdict['before']): void {
    const { store, node, onVerdict } = this.#parts;
    const serviceId = store.view.get(checks, checkKey(node, checkId))?.serviceId ?? '';
    onVerdict?.({ checkId, serviceId, status, output, ...(before !== undefined && { before }) });
  }

  #keepForLater(checkId: string, output: string, by: CommittedBy): void {
    this.#outputs.set(checkId, output);
    if (this.#waiting.has(checkId)) return;
    const { random, outputEveryMs } = this.#parts;
    const inMs = Math.min(longestMs, outputEveryMs * (0.5 + random()));
    const timer = setTimeout(() => this.#recordOutput(checkId, by), inMs);
    this.#waiting.set(checkId, timer);
  }

  #recordOutput(checkId: string, by: CommittedBy): void {
    const { store, node } = this.#parts;
    const key = checkKey(node, checkId);
    const kept = store.view.get(checkStatuses, key);
    const output = this.#outputs.get(checkId);
    if (output === undefined || kept === undefined || !store.view.get(checks, key)) return;
    void this.#commit(checkId, { status: kept.status, output }, by);
  }
}
