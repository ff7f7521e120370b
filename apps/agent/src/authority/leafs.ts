import type { Leaf } from '@chancery/ca';
import type { ServiceRef } from '@chancery/identity';
import { serviceKey } from '@chancery/identity';
import type { LeafShelf } from './leaf-shelf.ts';

/** What the leafs of an agent need from outside. Times in milliseconds since 1970. */
export interface LeafEffects {
  readonly issue: (service: ServiceRef) => Promise<Leaf>;
  /** When to renew a leaf, drawn anew at each call. */
  readonly renewalTime: (leaf: Leaf) => number;
  /** Whether a leaf from the shelf is one of this authority for this service, and young enough to be served. */
  readonly isCurrent: (leaf: Leaf, service: ServiceRef) => boolean;
  readonly shelf: LeafShelf;
  readonly now: () => number;
  /** A leaf could not be issued; it is tried again. */
  readonly onFailure: (service: ServiceRef, cause: unknown, retryInMs: number) => void;
}

interface Kept {
  readonly service: ServiceRef;
  leaf?: Leaf;
  pending?: Promise<Leaf>;
  timer?: NodeJS.Timeout;
}

const retryMs = 5_000;
/** How often the clock is looked at. */
const lookMs = 60_000;

/**
 * The leafs of the services that have a proxy here: one a service, issued when it is first needed and
 * renewed in the second half of its life for as long as somebody listens.
 */
export class Leafs implements Disposable {
  readonly #effects: LeafEffects;
  readonly #kept = new Map<string, Kept>();
  readonly #listeners = new Set<(service: ServiceRef) => void>();

  constructor(effects: LeafEffects) {
    this.#effects = effects;
  }

  /** The leaf to serve now, if one was issued already. */
  current(service: ServiceRef): Leaf | undefined {
    return this.#kept.get(serviceKey(service))?.leaf;
  }

  /** The leaf to serve now; issues the first one. Rejects when that is impossible. */
  async ensure(service: ServiceRef): Promise<Leaf> {
    const kept = this.#entry(service);
    if (kept.leaf) return kept.leaf;
    kept.pending ??= this.#first(kept).finally(() => {
      delete kept.pending;
    });
    return kept.pending;
  }

  /** Issues a new leaf at once, whatever the age of the present one. */
  async rotate(service: ServiceRef): Promise<Leaf> {
    return this.#renew(this.#entry(service));
  }

  /** Calls back with each service whose leaf has changed. */
  onChange(listener: (service: ServiceRef) => void): Disposable {
    this.#listeners.add(listener);
    return { [Symbol.dispose]: () => this.#listeners.delete(listener) };
  }

  [Symbol.dispose](): void {
    for (const kept of this.#kept.values()) clearTimeout(kept.timer);
    this.#kept.clear();
    this.#listeners.clear();
  }

  #entry(service: ServiceRef): Kept {
    const key = serviceKey(service);
    const kept = this.#kept.get(key) ?? { service };
    this.#kept.set(key, kept);
    return kept;
  }

  async #first(kept: Kept): Promise<Leaf> {
    const stored = await this.#effects.shelf.load(kept.service);
    if (stored && this.#effects.isCurrent(stored, kept.service)) {
      this.#keep(kept, stored);
      return stored;
    }
    return this.#renew(kept);
  }

  async #renew(kept: Kept): Promise<Leaf> {
    const leaf = await this.#effects.issue(kept.service);
    await this.#effects.shelf.save(kept.service, leaf);
    this.#keep(kept, leaf);
    for (const listener of this.#listeners) listener(kept.service);
    return leaf;
  }

  #keep(kept: Kept, leaf: Leaf): void {
    kept.leaf = leaf;
    this.#schedule(kept, this.#effects.renewalTime(leaf));
  }

  /** Looks at the clock again and again: a timer stands still while the machine sleeps, and a leaf grows old. */
  #schedule(kept: Kept, at: number): void {
    clearTimeout(kept.timer);
    const { now, onFailure } = this.#effects;
    const due = () => {
      if (now() < at) return this.#schedule(kept, at);
      this.#renew(kept).catch((cause) => {
        onFailure(kept.service, cause, retryMs);
        this.#schedule(kept, now() + retryMs);
      });
    };
    kept.timer = setTimeout(due, Math.min(Math.max(at - now(), 0), lookMs));
    kept.timer.unref();
  }
}
