import {
  type Check,
  checkKey,
  checkState,
  checkStatuses,
  checks,
  deregisterService,
} from '@chancery/catalog';
import { formatDuration } from '@chancery/model';
import type { Store } from '@chancery/store';

/** A service that was deregistered, and the check that ended it. */
export interface Reaped {
  readonly service: string;
  readonly check: string;
  /** How long it had to be critical, as Go prints it. */
  readonly timeout: string;
}

/** What a reaper needs. */
export interface ServiceReaperParts {
  readonly store: Store;
  readonly node: string;
  /** A clock in milliseconds. */
  readonly now: () => number;
  readonly onReaped: (reaped: Reaped) => void;
}

/** How often it is looked whether a service has been critical for too long, as in Consul. */
const lookEveryMs = 30_000;

/**
 * Deregisters services of this node one of whose checks has been critical for longer than its
 * `deregister_critical_service_after`. The time begins when the agent sees the check critical: with the agent, after a restart.
 */
export class ServiceReaper implements Disposable {
  readonly #parts: ServiceReaperParts;
  readonly #stack = new DisposableStack();
  /** Since when checks that end a service are critical. */
  readonly #criticalSince = new Map<string, number>();

  constructor(parts: ServiceReaperParts) {
    this.#parts = parts;
    const { store } = parts;
    const look = (rows: readonly (readonly [key: string, ...unknown[]])[]): void => {
      for (const [key] of rows) this.#look(key);
    };
    this.#stack.use(store.follow(checks, look));
    this.#stack.use(store.follow(checkStatuses, look));
    const timer = setInterval(() => void this.#reap(), lookEveryMs);
    this.#stack.defer(() => clearInterval(timer));
  }

  [Symbol.dispose](): void {
    this.#stack.dispose();
  }

  /** A check has changed, or what it found. */
  #look(key: string): Check | undefined {
    const { store, node, now } = this.#parts;
    const check = store.view.get(checks, key);
    const ends = check?.node === node && check.deregisterAfterMs !== undefined;
    const status = ends ? store.read(checkState, key).value?.status : undefined;
    if (status !== 'critical') {
      this.#criticalSince.delete(key);
      return undefined;
    }
    if (!this.#criticalSince.has(key)) this.#criticalSince.set(key, now());
    return check;
  }

  async #reap(): Promise<void> {
    for (const alias of this.#aliases()) this.#look(checks.key(alias));
    for (const [key, since] of [...this.#criticalSince]) {
      const check = this.#look(key);
      if (check === undefined) continue;
      const { deregisterAfterMs = Number.POSITIVE_INFINITY } = check;
      if (this.#parts.now() - since >= deregisterAfterMs) await this.#deregister(check);
    }
  }

  /** What an alias stands for changes without it. */
  #aliases(): readonly Check[] {
    const { store, node } = this.#parts;
    return store.view
      .by(checks, 'node', node)
      .filter(({ probe, deregisterAfterMs }) => probe.kind === 'alias' && deregisterAfterMs);
  }

  async #deregister({ node, serviceId, checkId, deregisterAfterMs = 0 }: Check): Promise<void> {
    this.#criticalSince.delete(checkKey(node, checkId));
    if (serviceId === '') return;
    const timeout = formatDuration(deregisterAfterMs);
    const why = `its check "${checkId}" was critical for ${timeout}`;
    const by = { principal: { name: 'agent' }, why };
    const outcome = await this.#parts.store.commit(deregisterService, { node, serviceId }, by);
    if (outcome.ok) this.#parts.onReaped({ service: serviceId, check: checkId, timeout });
  }
}
