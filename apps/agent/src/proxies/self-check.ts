import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises';
import type { ProxySnapshot } from '@chancery/snapshot';
import type { Query, Store } from '@chancery/store';
import type { Resource } from '@chancery/xds-server';
import { manifestDifference, notTaken, type Told } from './manifest-difference.ts';
import type { ProxyPublisher } from './proxy-publisher.ts';
import { recomputedView } from './recomputed-view.ts';

/** What is looked at, and how it is set right. */
export interface SelfCheckParts {
  readonly store: Pick<Store, 'view'>;
  readonly proxySnapshot: Query<string, ProxySnapshot | undefined>;
  readonly publisher: Pick<ProxyPublisher, 'followed' | 'published' | 'restart' | 'overrule'>;
  /** Compiles with nothing remembered. */
  readonly compile: (snapshot: ProxySnapshot) => readonly Resource[];
  readonly secrets: (snapshot: ProxySnapshot) => readonly Resource[] | Promise<readonly Resource[]>;
  readonly ledger: (proxyId: string) => Told | undefined;
  /** A proxy had not been told of these resources as they are; now it is. */
  readonly onRepair: (proxyId: string, resources: readonly string[]) => void;
  /** A proxy was told of these resources, and has taken no notice for as long as two looks are apart. */
  readonly onLag: (proxyId: string, resources: readonly string[]) => void;
  readonly onFailure: (proxyId: string, cause: unknown) => void;
}

/** Figures of the self-check, for operators. */
export interface SelfCheckCounters {
  readonly proxiesChecked: number;
  readonly proxiesRepaired: number;
}

interface Finding {
  readonly derived: readonly Resource[] | undefined;
  readonly differing: readonly string[];
}

const tries = 3;
/** A look costs a few milliseconds of the one thread that there is. */
const mostOftenMs = 100;
/** How long to wait for the first proxy. */
const idleMs = 1000;

/**
 * Looks, at every proxy in turn, whether what is published for it is what follows from the state, and
 * whether it has taken it. The control loop is told of changes and remembers what it made of them; a
 * wake-up that is lost, or a memory that is stale, would go unnoticed while every stream stays open.
 */
export class SelfCheck implements Disposable {
  readonly #parts: SelfCheckParts;
  readonly #stop = new AbortController();
  readonly #waiting = new Map<string, ReadonlySet<string>>();
  readonly #counters = { proxiesChecked: 0, proxiesRepaired: 0 };

  constructor(parts: SelfCheckParts) {
    this.#parts = parts;
  }

  get counters(): SelfCheckCounters {
    return this.#counters;
  }

  /** Begins to look at each proxy once in this time, spread evenly; at very many of them as often as it may. */
  start(everyMs: number): void {
    // Rejects when it is stopped, and only then.
    this.#loop(everyMs).catch(() => undefined);
  }

  /** Looks at one proxy, and sets it right. */
  async look(proxyId: string): Promise<void> {
    this.#counters.proxiesChecked += 1;
    try {
      const finding = await this.#settledFinding(proxyId);
      if (finding && finding.differing.length > 0) await this.#repair(proxyId, finding.differing);
      else this.#watchLag(proxyId);
    } catch (cause) {
      this.#parts.onFailure(proxyId, cause);
    }
  }

  [Symbol.dispose](): void {
    this.#stop.abort();
  }

  async #loop(everyMs: number): Promise<void> {
    for (;;) {
      const proxyIds = this.#parts.publisher.followed();
      this.#forgetOthers(proxyIds);
      if (proxyIds.length === 0) await this.#pause(Math.min(idleMs, everyMs));
      for (const proxyId of proxyIds) {
        await this.#pause(Math.max(mostOftenMs, everyMs / proxyIds.length));
        await this.look(proxyId);
      }
    }
  }

  #pause(ms: number): Promise<void> {
    return sleep(ms, undefined, { ref: false, signal: this.#stop.signal });
  }

  /** A finding at one state that everybody has heard of; none while the state moves on too fast. */
  async #settledFinding(proxyId: string): Promise<Finding | undefined> {
    for (let attempt = 0; attempt < tries; attempt++) {
      const finding = await this.#finding(proxyId);
      if (finding !== undefined) return finding;
    }
    return undefined;
  }

  async #finding(proxyId: string): Promise<Finding | undefined> {
    const { store, proxySnapshot, publisher, compile, secrets } = this.#parts;
    const { view } = store;
    const snapshot = recomputedView(view).query(proxySnapshot, proxyId);
    const resources = snapshot && compile(snapshot);
    // Watches are called in the turn after a commit, and may begin others.
    for (let turns = 0; turns < 3; turns++) await turn();
    const ready = snapshot && secrets(snapshot);
    if (ready instanceof Promise) {
      await ready;
      return undefined;
    }
    if (store.view.revision !== view.revision) return undefined;
    if (!publisher.followed().includes(proxyId)) return undefined;
    const derived = resources && [...resources, ...(ready ?? [])];
    const published = publisher.published(proxyId)?.resources;
    return { derived, differing: manifestDifference(published ?? [], derived ?? []) };
  }

  /** Asks again first, which is enough where a wake-up was lost; what is remembered wrongly is overruled. */
  async #repair(proxyId: string, differing: readonly string[]): Promise<void> {
    const { publisher, store, onRepair } = this.#parts;
    publisher.restart(proxyId);
    const again = await this.#settledFinding(proxyId);
    if (again && again.differing.length > 0) {
      const { derived } = again;
      const { revision } = store.view;
      publisher.overrule(proxyId, derived && { revision, resources: derived });
    }
    this.#counters.proxiesRepaired += 1;
    onRepair(proxyId, differing);
  }

  #watchLag(proxyId: string): void {
    const manifest = this.#parts.publisher.published(proxyId);
    const ledger = this.#parts.ledger(proxyId);
    const now = manifest && ledger ? notTaken(manifest, ledger) : new Set<string>();
    const late = now.intersection(this.#waiting.get(proxyId) ?? new Set());
    this.#waiting.set(proxyId, now);
    if (late.size > 0) this.#parts.onLag(proxyId, [...late]);
  }

  #forgetOthers(proxyIds: readonly string[]): void {
    const followed = new Set(proxyIds);
    for (const proxyId of this.#waiting.keys()) {
      if (!followed.has(proxyId)) this.#waiting.delete(proxyId);
    }
  }
}
