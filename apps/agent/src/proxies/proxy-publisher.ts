import type { ServiceRef } from '@chancery/identity';
import type { ProxySnapshot } from '@chancery/snapshot';
import type { Query, Store } from '@chancery/store';
import type { Manifest, Resource } from '@chancery/xds-server';
import type { Compiled, Diagnostic } from '@chancery/xds-translator';

/** What the publisher joins: state, translator, secrets and server. */
export interface PublisherParts {
  readonly store: Store;
  readonly proxyIds: Query<'', readonly string[]>;
  readonly proxySnapshot: Query<string, ProxySnapshot | undefined>;
  readonly compile: (snapshot: ProxySnapshot) => Compiled;
  /** The secrets of a proxy if they are at hand, else a promise of them. */
  readonly secrets: (snapshot: ProxySnapshot) => readonly Resource[] | Promise<readonly Resource[]>;
  readonly publish: (proxyId: string, manifest: Manifest) => void;
  readonly withdraw: (proxyId: string) => void;
  readonly onDiagnostics: (proxyId: string, diagnostics: readonly Diagnostic[]) => void;
  readonly onFailure: (proxyId: string, cause: unknown) => void;
}

interface Published {
  watch?: Disposable;
  latest?: { readonly snapshot: ProxySnapshot; readonly revision: number };
}

/**
 * Keeps every proxy of this agent supplied: whenever the snapshot of one changes it is compiled,
 * joined with its secrets, and published.
 */
export class ProxyPublisher implements Disposable {
  readonly #parts: PublisherParts;
  readonly #published = new Map<string, Published>();
  readonly #ids: Disposable;

  constructor(parts: PublisherParts) {
    this.#parts = parts;
    this.#ids = parts.store.watch(parts.proxyIds, '', ({ value }) => this.#follow(value));
  }

  /** Publishes anew for every proxy of a service, because its leaf changed. */
  republish(service: ServiceRef): void {
    for (const [proxyId, { latest }] of this.#published) {
      if (latest?.snapshot.service.name === service.name) this.#publish(proxyId);
    }
  }

  [Symbol.dispose](): void {
    this.#ids[Symbol.dispose]();
    for (const { watch } of this.#published.values()) watch?.[Symbol.dispose]();
    this.#published.clear();
  }

  #follow(proxyIds: readonly string[]): void {
    const wanted = new Set(proxyIds);
    for (const [proxyId, { watch }] of this.#published) {
      if (wanted.has(proxyId)) continue;
      watch?.[Symbol.dispose]();
      this.#published.delete(proxyId);
      this.#parts.withdraw(proxyId);
    }
    for (const proxyId of proxyIds) {
      if (!this.#published.has(proxyId)) this.#start(proxyId);
    }
  }

  #start(proxyId: string): void {
    const { store, proxySnapshot } = this.#parts;
    const published: Published = {};
    this.#published.set(proxyId, published);
    published.watch = store.watch(proxySnapshot, proxyId, ({ value, index }) => {
      if (!value) return;
      published.latest = { snapshot: value, revision: index };
      this.#publish(proxyId);
    });
  }

  #publish(proxyId: string): void {
    const latest = this.#published.get(proxyId)?.latest;
    if (!latest) return;
    const secrets = this.#parts.secrets(latest.snapshot);
    if (!(secrets instanceof Promise)) {
      this.#send(proxyId, latest, secrets);
      return;
    }
    secrets.then(
      (ready) => {
        const isLatest = this.#published.get(proxyId)?.latest === latest;
        if (isLatest) this.#send(proxyId, latest, ready);
      },
      (cause) => this.#parts.onFailure(proxyId, cause),
    );
  }

  #send(
    proxyId: string,
    { snapshot, revision }: NonNullable<Published['latest']>,
    secrets: readonly Resource[],
  ): void {
    const { resources, diagnostics } = this.#parts.compile(snapshot);
    if (diagnostics.length > 0) this.#parts.onDiagnostics(proxyId, diagnostics);
    this.#parts.publish(proxyId, { revision, resources: [...resources, ...secrets] });
  }
}
