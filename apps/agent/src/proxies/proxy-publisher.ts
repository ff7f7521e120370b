import type { ServiceRef } from '@chancery/identity';
import type { ProxySnapshot } from '@chancery/snapshot';
import type { Query, Store } from '@chancery/store';
import type { Manifest, Resource } from '@chancery/xds-server';
import type { Compiled, Diagnostic } from '@chancery/xds-translator';

/** What the publisher joins: state, translator, secrets and server. */
export interface PublisherParts {
  readonly store: Store;
  readonly proxySnapshot: Query<string, ProxySnapshot | undefined>;
  readonly compile: (snapshot: ProxySnapshot) => Compiled;
  /** The secrets of a proxy if they are at hand, else a promise of them. */
  readonly secrets: (snapshot: ProxySnapshot) => readonly Resource[] | Promise<readonly Resource[]>;
  readonly publish: (proxyId: string, manifest: Manifest) => void;
  readonly withdraw: (proxyId: string) => void;
  readonly onDiagnostics: (proxyId: string, diagnostics: readonly Diagnostic[]) => void;
  readonly onFailure: (proxyId: string, cause: unknown) => void;
}

interface Supplied {
  watch?: Disposable;
  latest?: { readonly snapshot: ProxySnapshot; readonly revision: number };
}

/**
 * Keeps every proxy that asks for it supplied: whenever the snapshot of one changes it is compiled,
 * joined with its secrets, and published. A proxy without a stream costs nothing.
 */
export class ProxyPublisher implements Disposable {
  readonly #parts: PublisherParts;
  readonly #supplied = new Map<string, Supplied>();

  constructor(parts: PublisherParts) {
    this.#parts = parts;
  }

  /** Begins to supply a proxy, or ends it. One that is not registered yet is supplied as soon as it is. */
  follow(proxyId: string, demand: 'wanted' | 'unwanted'): void {
    if (demand === 'wanted') this.#start(proxyId);
    else this.#stop(proxyId);
  }

  /** Publishes anew for every proxy of a service, because its leaf changed. */
  republish(service: ServiceRef): void {
    for (const [proxyId, { latest }] of this.#supplied) {
      if (latest?.snapshot.service.name === service.name) this.#publish(proxyId);
    }
  }

  [Symbol.dispose](): void {
    for (const { watch } of this.#supplied.values()) watch?.[Symbol.dispose]();
    this.#supplied.clear();
  }

  #start(proxyId: string): void {
    const { store, proxySnapshot, withdraw } = this.#parts;
    const supplied: Supplied = {};
    this.#supplied.set(proxyId, supplied);
    supplied.watch = store.watch(proxySnapshot, proxyId, ({ value, index }) => {
      if (value) supplied.latest = { snapshot: value, revision: index };
      else delete supplied.latest;
      if (value) this.#publish(proxyId);
      else withdraw(proxyId);
    });
  }

  #stop(proxyId: string): void {
    this.#supplied.get(proxyId)?.watch?.[Symbol.dispose]();
    this.#supplied.delete(proxyId);
    this.#parts.withdraw(proxyId);
  }

  #publish(proxyId: string): void {
    const latest = this.#supplied.get(proxyId)?.latest;
    if (!latest) return;
    const secrets = this.#parts.secrets(latest.snapshot);
    if (!(secrets instanceof Promise)) {
      this.#send(proxyId, latest, secrets);
      return;
    }
    secrets.then(
      (ready) => {
        const isLatest = this.#supplied.get(proxyId)?.latest === latest;
        if (isLatest) this.#send(proxyId, latest, ready);
      },
      (cause) => this.#parts.onFailure(proxyId, cause),
    );
  }

  #send(
    proxyId: string,
    { snapshot, revision }: NonNullable<Supplied['latest']>,
    secrets: readonly Resource[],
  ): void {
    const { resources, diagnostics } = this.#parts.compile(snapshot);
    if (diagnostics.length > 0) this.#parts.onDiagnostics(proxyId, diagnostics);
    this.#parts.publish(proxyId, { revision, resources: [...resources, ...secrets] });
  }
}
