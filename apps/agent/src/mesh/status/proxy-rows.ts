import { instances } from '@chancery/catalog';
import type { ProxySource, ProxyState } from '@chancery/mesh-api';
import type { Store } from '@chancery/store';
import type { Leafs } from '../../authority/leafs.ts';
import type { OpenRows, RowSink } from './live-rows.ts';
import { type OnFailure, Paced } from './paced.ts';

/** What tells of proxies. */
export interface ProxyRowsParts {
  readonly store: Pick<Store, 'follow'>;
  readonly proxies: Pick<ProxySource, 'list'>;
  readonly onLedgerChange: (listener: (proxyId: string) => void) => () => void;
  readonly leafs: Pick<Leafs, 'onChange'>;
  readonly onFailure: OnFailure;
}

/** From so many on, all of them at once take less than one by one. */
const manyProxies = 200;

/** The proxies by their IDs, as their source tells of them. */
export function proxyRows(parts: ProxyRowsParts): OpenRows<ProxyState> {
  return (sink) => new ProxyRows(parts, sink);
}

class ProxyRows implements Disposable {
  readonly ready: Promise<void>;
  readonly #parts: ProxyRowsParts;
  readonly #sink: RowSink<ProxyState>;
  readonly #stack = new DisposableStack();
  readonly #update: Paced;
  readonly #known = new Map<string, ProxyState>();
  #touched = new Set<string>();

  constructor(parts: ProxyRowsParts, sink: RowSink<ProxyState>) {
    this.#parts = parts;
    this.#sink = sink;
    this.#update = this.#stack.use(new Paced(() => this.#refresh(), parts.onFailure));
    const { store, onLedgerChange, leafs } = parts;
    this.#stack.defer(onLedgerChange((proxyId) => this.#touch(proxyId)));
    this.#stack.use(leafs.onChange(({ name }) => this.#touchService(name)));
    this.#stack.use(
      store.follow(
        instances,
        (rows) => {
          for (const [key] of rows) this.#touch(serviceIdOf(key));
        },
        { skipPresent: true },
      ),
    );
    this.ready = this.#all();
  }

  [Symbol.dispose](): void {
    this.#stack.dispose();
  }

  #touch(proxyId: string): void {
    this.#touched.add(proxyId);
    this.#update.request();
  }

  #touchService(name: string): void {
    for (const { id, service } of this.#known.values()) if (service === name) this.#touch(id);
  }

  async #refresh(): Promise<void> {
    const touched = this.#touched;
    this.#touched = new Set();
    if (touched.size >= manyProxies) {
      await this.#all();
      return;
    }
    for (const id of touched) {
      const found = await this.#parts.proxies.list(id);
      this.#note(
        id,
        found.find((proxy) => proxy.id === id),
      );
    }
  }

  async #all(): Promise<void> {
    const found = await this.#parts.proxies.list();
    const gone = new Set(this.#known.keys());
    for (const proxy of found) {
      gone.delete(proxy.id);
      this.#note(proxy.id, proxy);
    }
    for (const id of gone) this.#note(id, undefined);
  }

  #note(id: string, proxy: ProxyState | undefined): void {
    if (this.#stack.disposed) return;
    if (proxy === undefined) {
      this.#known.delete(id);
      this.#sink.remove(id);
    } else {
      this.#known.set(id, proxy);
      this.#sink.put(id, proxy);
    }
  }
}

/** What stands behind the node in the key of an instance. A slash within a node's name is quoted there. */
function serviceIdOf(instanceKey: string): string {
  return instanceKey.slice(instanceKey.indexOf('/') + 1);
}
