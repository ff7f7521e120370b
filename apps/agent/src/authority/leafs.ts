import { dueForRenewal, type Leaf, nextRenewal, type Served, type SignedLeaf } from '@chancery/ca';
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
  /** Numbers from 0 up to 1. */
  readonly random: () => number;
  /** A leaf could not be issued; it is tried again. */
  readonly onFailure: (service: ServiceRef, cause: unknown, retryInMs: number) => void;
}

/** Figures of the leafs, for metrics. */
export interface LeafCounters {
  /** Services that have a leaf now. */
  readonly served: number;
  /** When the first of them ends; none while none is served. */
  readonly firstEnd: number | undefined;
  /** Leafs issued so far, renewals included. */
  readonly issued: number;
  /** Attempts that failed. */
  readonly failures: number;
}

/** A leaf that is served, as it may be shown. */
export interface ShownLeaf extends Pick<SignedLeaf, 'spiffeId' | 'validity' | 'serialNumber'> {
  readonly service: ServiceRef;
}

interface ServedLeaf extends Served {
  readonly service: ServiceRef;
  readonly leaf: Leaf;
}

const retryMs = 5_000;
/** As Consul spreads them after a change of the root. */
const reissueWithinMs = 30_000;
/** How often the clock is looked at: a timer stands still while the machine sleeps, and leafs grow old. */
const lookMs = 60_000;

/**
 * The leafs of the services that have a proxy here or ask over HTTP: one a service, issued when it is first needed
 * and renewed in the second half of its life, unless nobody has asked for it since it was issued.
 */
export class Leafs implements Disposable {
  readonly #effects: LeafEffects;
  readonly #served = new Map<string, ServedLeaf>();
  readonly #pending = new Map<string, Promise<Leaf>>();
  readonly #listeners = new Set<(service: ServiceRef) => void>();
  readonly #watchers = new Set<(service: ServiceRef) => void>();
  readonly #users = new Set<(service: ServiceRef) => boolean>();
  /** The keys of services whose leaf was asked for since it was issued. */
  readonly #asked = new Set<string>();
  /** When the last of the leafs ends that were forgotten. */
  #forgottenEnd = 0;
  #timer: NodeJS.Timeout | undefined;
  #timerIsFor = Number.POSITIVE_INFINITY;
  #issued = 0;
  #failures = 0;

  constructor(effects: LeafEffects) {
    this.#effects = effects;
  }

  get counters(): LeafCounters {
    const ends = Array.from(this.#served.values(), ({ validity }) => validity.notAfter);
    const firstEnd = ends.length === 0 ? undefined : ends.reduce((a, b) => Math.min(a, b));
    return { served: ends.length, firstEnd, issued: this.#issued, failures: this.#failures };
  }

  /** The leaf to serve now, if one was issued already. */
  current(service: ServiceRef): Leaf | undefined {
    return this.#served.get(serviceKey(service))?.leaf;
  }

  /** The leaf to serve now; issues the first one. Rejects when that is impossible. */
  async ensure(service: ServiceRef): Promise<Leaf> {
    const key = serviceKey(service);
    const served = this.#served.get(key);
    if (served) {
      this.#asked.add(key);
      return served.leaf;
    }
    const pending = this.#pending.get(key) ?? this.#first(service);
    this.#pending.set(key, pending);
    return pending.finally(() => this.#pending.delete(key));
  }

  /** Replaces the leafs that are not current any more, spread over half a minute. */
  reissue(): void {
    const { isCurrent, now, random } = this.#effects;
    for (const { service, leaf, renewAt } of [...this.#served.values()]) {
      if (isCurrent(leaf, service)) continue;
      this.#serve(service, leaf, Math.min(renewAt, now() + random() * reissueWithinMs));
    }
  }

  /** When the last of the leafs ends that are served, or that somebody may still have; undefined where there is none. */
  lastEnds(): number | undefined {
    const ends = Array.from(this.#served.values(), ({ validity }) => validity.notAfter);
    const last = ends.reduce((a, b) => Math.max(a, b), this.#forgottenEnd);
    return last === 0 ? undefined : last;
  }

  /** Leafs that somebody uses are renewed, whether they are asked for or not. */
  onUse(isUsed: (service: ServiceRef) => boolean): Disposable {
    this.#users.add(isUsed);
    return { [Symbol.dispose]: () => this.#users.delete(isUsed) };
  }

  /** The leafs that are served now, without their keys. */
  list(): readonly ShownLeaf[] {
    return [...this.#served.values()].map(shown);
  }

  /** The leaf of a service that is served now, without its key. */
  shown(service: ServiceRef): ShownLeaf | undefined {
    const served = this.#served.get(serviceKey(service));
    return served && shown(served);
  }

  /** Calls back with each service of which another leaf is served, or none any more: also the first one, and one that was kept. */
  onServed(watcher: (service: ServiceRef) => void): Disposable {
    this.#watchers.add(watcher);
    return { [Symbol.dispose]: () => this.#watchers.delete(watcher) };
  }

  /** Calls back with each service whose leaf has changed. */
  onChange(listener: (service: ServiceRef) => void): Disposable {
    this.#listeners.add(listener);
    return { [Symbol.dispose]: () => this.#listeners.delete(listener) };
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    this.#timerIsFor = Number.NEGATIVE_INFINITY;
    this.#served.clear();
    this.#listeners.clear();
    this.#watchers.clear();
    this.#users.clear();
  }

  async #first(service: ServiceRef): Promise<Leaf> {
    const stored = await this.#effects.shelf.load(service);
    if (!stored || !this.#effects.isCurrent(stored, service)) return this.#renew(service);
    this.#serve(service, stored);
    return stored;
  }

  async #renew(service: ServiceRef): Promise<Leaf> {
    const leaf = await this.#issue(service);
    await this.#effects.shelf.save(service, leaf);
    this.#serve(service, leaf);
    this.#asked.delete(serviceKey(service));
    for (const listener of this.#listeners) listener(service);
    return leaf;
  }

  async #issue(service: ServiceRef): Promise<Leaf> {
    try {
      const leaf = await this.#effects.issue(service);
      this.#issued += 1;
      return leaf;
    } catch (error) {
      this.#failures += 1;
      throw error;
    }
  }

  #serve(service: ServiceRef, leaf: Leaf, renewAt = this.#effects.renewalTime(leaf)): void {
    const { validity } = leaf;
    const key = serviceKey(service);
    const before = this.#served.get(key)?.leaf;
    this.#served.set(key, { service, leaf, validity, renewAt });
    if (before !== leaf) this.#tellWatchers(service);
    if (renewAt < this.#timerIsFor) this.#arm(renewAt);
  }

  #arm(at: number): void {
    clearTimeout(this.#timer);
    this.#timerIsFor = at;
    const inMs = Math.min(Math.max(at - this.#effects.now(), 0), lookMs);
    this.#timer = setTimeout(() => this.#look(), inMs);
    this.#timer.unref();
  }

  #look(): void {
    const { now, onFailure } = this.#effects;
    for (const { service, leaf } of dueForRenewal(this.#served.values(), now())) {
      // Due again soon, whatever becomes of this attempt, even if it never ends.
      this.#serve(service, leaf, now() + retryMs);
      const settled = this.#isWanted(service) ? this.#renew(service) : this.#forget(service, leaf);
      settled.catch((cause) => onFailure(service, cause, retryMs));
    }
    const next = nextRenewal(this.#served.values());
    if (next !== undefined) this.#arm(next);
  }

  #isWanted(service: ServiceRef): boolean {
    if (this.#asked.has(serviceKey(service))) return true;
    return [...this.#users].some((isUsed) => isUsed(service));
  }

  /** Ends to serve a leaf, unless somebody comes for it meanwhile: then it is renewed soon. */
  async #forget(service: ServiceRef, leaf: Leaf): Promise<void> {
    await this.#effects.shelf.remove(service);
    if (this.#isWanted(service)) return;
    this.#served.delete(serviceKey(service));
    this.#forgottenEnd = Math.max(this.#forgottenEnd, leaf.validity.notAfter);
    this.#tellWatchers(service);
  }

  #tellWatchers(service: ServiceRef): void {
    for (const watcher of this.#watchers) watcher(service);
  }
}

function shown({ service, leaf: { spiffeId, validity, serialNumber } }: ServedLeaf): ShownLeaf {
  return { service, spiffeId, validity, serialNumber };
}
