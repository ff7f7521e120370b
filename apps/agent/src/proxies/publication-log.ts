import type { Manifest, Resource } from '@chancery/xds-server';

/** A resource that one publication brought, changed or took away. */
export interface ChangedResource {
  readonly typeUrl: string;
  readonly name: string;
  /** None for what was taken away. */
  readonly hash: string | undefined;
  /** Revision of the manifest that it was published with. */
  readonly revision: number;
}

/** The revisions that led to a publication, the first and the last; `from` is not known of the first one to a stream. */
export interface RevisionSpan {
  readonly from?: number;
  readonly to: number;
}

interface Entry {
  readonly from: number;
  readonly to: number;
  readonly changed: readonly ChangedResource[];
}

interface ProxyLog {
  last: Manifest;
  /** Oldest first. */
  readonly entries: Entry[];
}

/** How many publications are remembered of a proxy: those that somebody may wait for are among the last few. */
const rememberedEntries = 32;
/** How many proxies are remembered, whether they have a stream or not. */
const rememberedProxies = 20_000;

/**
 * Which revision changed what for which proxy. It outlasts a proxy's stream: one that comes back is
 * compared with what it was told before.
 */
export class PublicationLog {
  readonly #proxies = new Map<string, ProxyLog>();
  readonly #callbacks = new Set<(proxyId: string) => void>();
  /** Nearly always a revision changes the same for many proxies one after the other: they share what is remembered. */
  #latest: Entry | undefined;
  /** The revision that the agent began with: what led to it is not known. */
  readonly loaded: number;

  constructor(loaded: number) {
    this.loaded = loaded;
  }

  /** A manifest was published. Without a span nothing that is declared led to it, such as to a renewed leaf. */
  note(proxyId: string, manifest: Manifest, span: RevisionSpan | undefined): void {
    const known = this.#proxies.get(proxyId);
    const entry = span && this.#entry(known, manifest, span);
    const log = known ?? this.#begin(proxyId, manifest);
    log.last = manifest;
    if (entry !== undefined) log.entries.push(this.#shared(entry));
    if (log.entries.length > rememberedEntries) log.entries.shift();
    for (const callback of this.#callbacks) callback(proxyId);
  }

  /** The proxy is no longer registered. */
  forget(proxyId: string): void {
    this.#proxies.delete(proxyId);
  }

  /**
   * What a revision changed for a proxy; empty where it changed nothing. For one that is longer ago than
   * what is remembered: all that the proxy has.
   */
  changedBy(proxyId: string, revision: number): readonly ChangedResource[] {
    const log = this.#proxies.get(proxyId);
    if (log === undefined) return [];
    const [oldest] = log.entries;
    const isForgotten = log.entries.length >= rememberedEntries && oldest !== undefined;
    if (isForgotten && revision < oldest.from) return log.last.resources.map(asChanged(log.last));
    return log.entries
      .filter(({ from, to }) => from <= revision && revision <= to)
      .flatMap(({ changed }) => changed);
  }

  /** What earlier revisions changed for a proxy, as far as that is remembered and nothing came over it since. */
  changedBefore(proxyId: string, revision: number): readonly ChangedResource[] {
    const last = new Map<string, ChangedResource>();
    const entries = this.#proxies.get(proxyId)?.entries ?? [];
    for (const { to, changed } of entries) {
      for (const resource of changed) {
        if (to < revision) last.set(keyOf(resource), resource);
        else last.delete(keyOf(resource));
      }
    }
    return [...last.values()];
  }

  /** Calls back with each proxy that something was published for; returns what ends that. */
  onPublished(callback: (proxyId: string) => void): () => void {
    this.#callbacks.add(callback);
    return () => this.#callbacks.delete(callback);
  }

  #entry(
    known: ProxyLog | undefined,
    manifest: Manifest,
    { from, to }: RevisionSpan,
  ): Entry | undefined {
    const changed = changedResources(known?.last.resources ?? [], manifest);
    if (changed.length === 0) return undefined;
    if (known === undefined && to <= this.loaded) return undefined;
    const earliest = known === undefined ? to : Math.min(known.last.revision + 1, to);
    return { from: from ?? earliest, to, changed };
  }

  #shared(entry: Entry): Entry {
    if (this.#latest === undefined || !isSameEntry(this.#latest, entry)) this.#latest = entry;
    return this.#latest;
  }

  #begin(proxyId: string, last: Manifest): ProxyLog {
    const [oldest] = this.#proxies.keys();
    if (this.#proxies.size >= rememberedProxies && oldest !== undefined) this.forget(oldest);
    const log: ProxyLog = { last, entries: [] };
    this.#proxies.set(proxyId, log);
    return log;
  }
}

function isSameEntry(one: Entry, other: Entry): boolean {
  if (one.from !== other.from || one.to !== other.to) return false;
  if (one.changed.length !== other.changed.length) return false;
  return one.changed.every((changed, at) => isSameChange(changed, other.changed[at]));
}

function isSameChange(one: ChangedResource, other: ChangedResource | undefined): boolean {
  const { typeUrl, name, hash, revision } = one;
  const isSameName = name === other?.name && typeUrl === other.typeUrl;
  return isSameName && hash === other.hash && revision === other.revision;
}

/** Nearly always the content of a few resources differs, at their places: the others are not looked at. */
function changedResources(
  before: readonly Resource[],
  manifest: Manifest,
): readonly ChangedResource[] {
  const { resources } = manifest;
  if (before.length !== resources.length) return difference(before, manifest);
  const replaced: Resource[] = [];
  let at = 0;
  for (const resource of resources) {
    const former = before[at++];
    if (former === resource) continue;
    if (!sameName(resource, former)) return difference(before, manifest);
    if (former?.hash !== resource.hash) replaced.push(resource);
  }
  return replaced.map(asChanged(manifest));
}

function difference(before: readonly Resource[], manifest: Manifest): readonly ChangedResource[] {
  const { resources, revision } = manifest;
  const known = new Map(before.map((resource) => [keyOf(resource), resource.hash]));
  const present = new Set(resources.map(keyOf));
  const gone = before.filter((resource) => !present.has(keyOf(resource)));
  return [
    ...resources
      .filter((resource) => known.get(keyOf(resource)) !== resource.hash)
      .map(asChanged(manifest)),
    ...gone.map(({ typeUrl, name }) => ({ typeUrl, name, hash: undefined, revision })),
  ];
}

function asChanged({ revision }: Manifest): (resource: Resource) => ChangedResource {
  return ({ typeUrl, name, hash }) => ({ typeUrl, name, hash, revision });
}

function sameName(resource: Resource, other: Resource | undefined): boolean {
  return resource.typeUrl === other?.typeUrl && resource.name === other.name;
}

function keyOf({ typeUrl, name }: Pick<Resource, 'typeUrl' | 'name'>): string {
  return `${typeUrl}\0${name}`;
}
