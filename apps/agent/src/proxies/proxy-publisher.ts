import type { ServiceRef } from '@chancery/identity';
import type { ProxySnapshot } from '@chancery/snapshot';
import type { Query, Store } from '@chancery/store';
import type { Manifest, Resource } from '@chancery/xds-server';
import type { Compiled, Diagnostic } from '@chancery/xds-translator';

/** What the publisher joins: state, translator, secrets and server. */
export interface PublisherParts {
  readonly store: Pick<Store, 'watch'>;
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
  published?: Manifest;
  /** What was told of it last: it is told again only when it reads otherwise. */
  diagnosed?: string;
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

  /** Whether a proxy of a service is being supplied. */
  serves(service: ServiceRef): boolean {
    return this.#supplied
      .values()
      .some(({ latest }) => latest?.snapshot.service.name === service.name);
  }

  /** Publishes anew for every proxy, because what they trust changed. */
  republishAll(): void {
    for (const proxyId of this.#supplied.keys()) this.#publish(proxyId);
  }

  /** The IDs of the proxies being supplied. */
  followed(): readonly string[] {
    return [...this.#supplied.keys()];
  }

  /** What was published last for a proxy. */
  published(proxyId: string): Manifest | undefined {
    return this.#supplied.get(proxyId)?.published;
  }

  /** Asks the store anew for the snapshot of a proxy, and publishes it. */
  restart(proxyId: string): void {
    const supplied = this.#supplied.get(proxyId);
    if (supplied) this.#watch(proxyId, supplied);
  }

  /** Publishes this in place of what follows from the watched snapshot, until that changes. */
  overrule(proxyId: string, manifest: Manifest | undefined): void {
    const supplied = this.#supplied.get(proxyId);
    if (!supplied) return;
    if (manifest) this.#deliver(proxyId, supplied, manifest);
    else this.#withdraw(proxyId, supplied);
  }

  [Symbol.dispose](): void {
    for (const { watch } of this.#supplied.values()) watch?.[Symbol.dispose]();
    this.#supplied.clear();
  }

  #start(proxyId: string): void {
    const supplied: Supplied = {};
    this.#supplied.set(proxyId, supplied);
    this.#watch(proxyId, supplied);
  }

  #watch(proxyId: string, supplied: Supplied): void {
    const { store, proxySnapshot } = this.#parts;
    supplied.watch?.[Symbol.dispose]();
    supplied.watch = store.watch(proxySnapshot, proxyId, ({ value, index }) => {
      if (value) supplied.latest = { snapshot: value, revision: index };
      if (value) this.#publish(proxyId);
      else this.#withdraw(proxyId, supplied);
    });
  }

  #withdraw(proxyId: string, supplied: Supplied): void {
    delete supplied.latest;
    delete supplied.published;
    this.#parts.withdraw(proxyId);
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
    const supplied = this.#supplied.get(proxyId);
    if (!supplied) return;
    const { resources, diagnostics } = this.#parts.compile(snapshot);
    this.#tell(proxyId, supplied, diagnostics);
    this.#deliver(proxyId, supplied, { revision, resources: [...resources, ...secrets] });
  }

  #tell(proxyId: string, supplied: Supplied, diagnostics: readonly Diagnostic[]): void {
    const before = supplied.diagnosed ?? '';
    supplied.diagnosed = diagnostics.map(({ code, message }) => `${code} ${message}`).join('\n');
    if (supplied.diagnosed === before || diagnostics.length === 0) return;
    this.#parts.onDiagnostics(proxyId, diagnostics);
  }

  #deliver(proxyId: string, supplied: Supplied, manifest: Manifest): void {
    supplied.published = manifest;
    this.#parts.publish(proxyId, manifest);
  }
}
