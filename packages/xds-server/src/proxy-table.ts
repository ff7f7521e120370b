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

  /** Adds a stream, and serves it with what is published; returns whether it is the proxy's first. */
  attach(proxyId: string, stream: XdsStream): boolean {
    const proxy = this.#proxy(proxyId);
    proxy.streams.add(stream);
    if (proxy.index !== undefined) {
      this.#onOpened(proxyId, stream);
      stream.publish(proxy.index);
    }
    return proxy.streams.size === 1;
  }

  /** Removes a stream; returns whether it was the proxy's last. */
  detach(proxyId: string, stream: XdsStream): boolean {
    const proxy = this.#proxies.get(proxyId);
    if (proxy === undefined || !proxy.streams.delete(stream)) return false;
    this.#drop(proxyId, proxy);
    return proxy.streams.size === 0;
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
