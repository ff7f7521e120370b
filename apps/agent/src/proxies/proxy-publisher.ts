import type { ServiceRef } from '@chancery/identity';
import type { ProxySnapshot } from '@chancery/snapshot';
import type { Query, Store } from '@chancery/store';
import type { Manifest, Resource } from '@chancery/xds-server';
import type { Compiled, Diagnostic } from '@chancery/xds-translator';
import type { RevisionSpan } from './publication-log.ts';

/** What the publisher joins: state, translator, secrets and server. */
export interface PublisherParts {
  readonly store: Pick<Store, 'watch'>;
  readonly proxySnapshot: Query<string, ProxySnapshot | undefined>;
  readonly compile: (snapshot: ProxySnapshot) => Compiled;
  /** The secrets of a proxy if they are at hand, else a promise of them. */
  readonly secrets: (snapshot: ProxySnapshot) => readonly Resource[] | Promise<readonly Resource[]>;
  /** The span is missing where nothing that is declared led to it. */
  readonly publish: (proxyId: string, manifest: Manifest, span?: RevisionSpan) => void;
  /** Nothing is served any more: nobody asks for it, or there is no such proxy. */
  readonly withdraw: (proxyId: string, why: 'unwanted' | 'unregistered') => void;
  readonly onDiagnostics: (proxyId: string, diagnostics: readonly Diagnostic[]) => void;
  readonly onFailure: (proxyId: string, cause: unknown) => void;
}

/** What is being served to a proxy, and what it was made of. */
export interface Supply {
  readonly snapshot: ProxySnapshot;
  /** None before the first was published. */
  readonly manifest: Manifest | undefined;
  /** Whether that was made of this snapshot: it is not while a secret is being waited for. */
  readonly isCurrent: boolean;
  readonly diagnostics: readonly Diagnostic[];
  /** Why nothing could be made of the snapshot; it is tried again. */
  readonly failure: unknown;
}

interface Latest {
  readonly snapshot: ProxySnapshot;
  readonly revision: number;
}

interface Supplied {
  watch?: Disposable;
  latest?: Latest;
  published?: Manifest;
  /** What was published last was made of this. */
  built?: Latest;
  diagnostics?: readonly Diagnostic[];
  failure?: unknown;
  /** The revisions that led to what is not published yet. */
  span?: RevisionSpan;
  /** What was told of it last: it is told again only when it reads otherwise. */
  diagnosed?: string;
}

const ofOneRegistration = [
  'latest',
  'published',
  'built',
  'diagnostics',
  'failure',
  'span',
] as const satisfies readonly (keyof Supplied)[];

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

  /** Publishes anew for every proxy, because what they trust changed by these revisions. */
  republishAll(span?: RevisionSpan): void {
    for (const [proxyId, supplied] of this.#supplied) {
      if (span) addSpan(supplied, span);
      this.#publish(proxyId);
    }
  }

  /** The IDs of the proxies being supplied. */
  followed(): readonly string[] {
    return [...this.#supplied.keys()];
  }

  /** Whether a proxy has a stream, registered or not. */
  isFollowed(proxyId: string): boolean {
    return this.#supplied.has(proxyId);
  }

  /** Whether a revision led to something that is not published yet, because a secret is being made. */
  isDue(proxyId: string, revision: number): boolean {
    const { latest, span } = this.#supplied.get(proxyId) ?? {};
    if (latest === undefined || span === undefined) return false;
    return (span.from ?? span.to) <= revision && revision <= span.to;
  }

  /** What was published last for a proxy. */
  published(proxyId: string): Manifest | undefined {
    return this.#supplied.get(proxyId)?.published;
  }

  /** What a proxy is being supplied with; none for a stranger, and for one that nobody asks for. */
  supply(proxyId: string): Supply | undefined {
    const supplied = this.#supplied.get(proxyId);
    if (!supplied?.latest) return undefined;
    const { latest, built, published: manifest, diagnostics = [], failure } = supplied;
    const isCurrent = built === latest && manifest !== undefined;
    return { snapshot: latest.snapshot, manifest, isCurrent, diagnostics, failure };
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
    supplied.watch = store.watch(proxySnapshot, proxyId, ({ value, index, since }) => {
      const isFirst = supplied.latest === undefined;
      addSpan(supplied, { ...(!isFirst && { from: Math.min(since, index) }), to: index });
      if (value) supplied.latest = { snapshot: value, revision: index };
      if (value) this.#publish(proxyId);
      else this.#withdraw(proxyId, supplied);
    });
  }

  #withdraw(proxyId: string, supplied: Supplied): void {
    for (const part of ofOneRegistration) delete supplied[part];
    this.#parts.withdraw(proxyId, 'unregistered');
  }

  #stop(proxyId: string): void {
    this.#supplied.get(proxyId)?.watch?.[Symbol.dispose]();
    this.#supplied.delete(proxyId);
    this.#parts.withdraw(proxyId, 'unwanted');
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
      (cause) => this.#failed(proxyId, latest, cause),
    );
  }

  #failed(proxyId: string, latest: Latest, cause: unknown): void {
    const supplied = this.#supplied.get(proxyId);
    if (supplied?.latest === latest) supplied.failure = cause;
    this.#parts.onFailure(proxyId, cause);
  }

  #send(proxyId: string, latest: Latest, secrets: readonly Resource[]): void {
    const supplied = this.#supplied.get(proxyId);
    if (!supplied) return;
    const { snapshot, revision } = latest;
    const { resources, diagnostics } = this.#parts.compile(snapshot);
    supplied.built = latest;
    supplied.diagnostics = diagnostics;
    delete supplied.failure;
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
    const { span } = supplied;
    delete supplied.span;
    supplied.published = manifest;
    this.#parts.publish(proxyId, manifest, span);
  }
}

function addSpan(supplied: Supplied, { from, to }: RevisionSpan): void {
  const { span } = supplied;
  const isUnknown = from === undefined || (span !== undefined && span.from === undefined);
  supplied.span = {
    ...(!isUnknown && { from: Math.min(from, span?.from ?? from) }),
    to: Math.max(to, span?.to ?? to),
  };
}
