import { indexManifest, type ManifestIndex } from './manifest-index.ts';
import type { Manifest } from './resource.ts';
import type { XdsStream } from './xds-stream.ts';

interface Proxy {
  index: ManifestIndex | undefined;
  readonly streams: Set<XdsStream>;
}

/** What is published for which proxy, and which streams it has. Holds nothing for a proxy that has neither. */
export class ProxyTable {
  readonly #proxies = new Map<string, Proxy>();
  readonly #onOpened: (proxyId: string, stream: XdsStream) => void;

  /** `onOpened` is told of each stream as soon as there is something published for it. */
  constructor(onOpened: (proxyId: string, stream: XdsStream) => void) {
    this.#onOpened = onOpened;
  }

  get size(): number {
    return this.#proxies.size;
  }

  isPublished(proxyId: string): boolean {
    return this.#proxies.get(proxyId)?.index !== undefined;
  }

  publish(proxyId: string, manifest: Manifest): void {
    const proxy = this.#proxy(proxyId);
    const first = proxy.index === undefined;
    const index = indexManifest(manifest, proxy.index);
    proxy.index = index;
    for (const stream of proxy.streams) {
      if (first) this.#onOpened(proxyId, stream);
      stream.publish(index);
    }
  }

  /** Forgets what was published, and returns the streams that were served with it. */
  withdraw(proxyId: string): readonly XdsStream[] {
    const proxy = this.#proxies.get(proxyId);
    if (proxy?.index === undefined) return [];
    proxy.index = undefined;
    const streams = [...proxy.streams];
    this.#drop(proxyId, proxy);
    return streams;
  }

  attach(proxyId: string, stream: XdsStream): void {
    const proxy = this.#proxy(proxyId);
    proxy.streams.add(stream);
    if (proxy.index === undefined) return;
    this.#onOpened(proxyId, stream);
    stream.publish(proxy.index);
  }

  detach(proxyId: string, stream: XdsStream): void {
    const proxy = this.#proxies.get(proxyId);
    if (proxy === undefined) return;
    proxy.streams.delete(stream);
    this.#drop(proxyId, proxy);
  }

  #proxy(proxyId: string): Proxy {
    let proxy = this.#proxies.get(proxyId);
    if (proxy === undefined) {
      proxy = { index: undefined, streams: new Set() };
      this.#proxies.set(proxyId, proxy);
    }
    return proxy;
  }

  #drop(proxyId: string, proxy: Proxy): void {
    if (proxy.index === undefined && proxy.streams.size === 0) this.#proxies.delete(proxyId);
  }
}
