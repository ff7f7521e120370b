import { typeUrls } from '@chancery/envoy-api';
import type { LedgerResource, LedgerType, XdsServer } from '@chancery/xds-server';

type Ledger = XdsServer['ledger'];

interface ScriptedProxy {
  readonly rows: Map<string, LedgerResource>;
  readonly asked: Set<string>;
}

/** A ledger that says what a test tells it, of proxies that have but clusters. */
export class ScriptedLedger
  implements Pick<Ledger, 'proxy' | 'type' | 'resource' | 'streams' | 'isAsked' | 'onChange'>
{
  readonly #proxies = new Map<string, ScriptedProxy>();
  readonly #callbacks = new Set<(proxyId: string) => void>();

  /** A stream opens that asks for clusters and listeners, and for nothing else. */
  open(proxyId: string, asked: readonly string[] = [typeUrls.cluster, typeUrls.listener]): void {
    this.#proxies.set(proxyId, { rows: new Map(), asked: new Set(asked) });
    this.#tell(proxyId);
  }

  close(proxyId: string): void {
    this.#proxies.delete(proxyId);
    this.#tell(proxyId);
  }

  sent(proxyId: string, name: string, hash: string, revision: number): void {
    const sent = { hash, revision, at: 1 };
    this.#put(proxyId, { ...this.#row(proxyId, name), state: 'pending', sent });
  }

  acked(proxyId: string, name: string, hash: string, revision: number, at: number): void {
    const mark = { hash, revision, at };
    this.#put(proxyId, { name, state: 'synced', sent: mark, acked: mark, nacked: undefined });
  }

  rejected(proxyId: string, name: string, hash: string, reason: string): void {
    const nacked = { hash, revision: 1, at: 1, reason };
    this.#put(proxyId, { ...this.#row(proxyId, name), state: 'rejected', nacked });
  }

  proxy(): undefined {
    return undefined;
  }

  type(proxyId: string, typeUrl: string): LedgerType | undefined {
    const proxy = this.#proxies.get(proxyId);
    if (proxy?.asked.has(typeUrl) !== true) return undefined;
    const isOpen = [...proxy.rows.values()].some(({ state }) => state === 'pending');
    return {
      typeUrl,
      state: isOpen && typeUrl === typeUrls.cluster ? 'pending' : 'synced',
      pendingSince: 1,
      versionSent: '',
      versionAcked: '',
      sentAt: undefined,
      ackedAt: undefined,
      lastNack: undefined,
      resources: [],
    };
  }

  resource(proxyId: string, typeUrl: string, name: string): LedgerResource | undefined {
    if (typeUrl !== typeUrls.cluster) return undefined;
    return this.#proxies.get(proxyId)?.rows.get(name);
  }

  streams(proxyId: string): number {
    return this.#proxies.has(proxyId) ? 1 : 0;
  }

  isAsked(proxyId: string, typeUrl: string): boolean {
    return this.#proxies.get(proxyId)?.asked.has(typeUrl) === true;
  }

  onChange(callback: (proxyId: string) => void): () => void {
    this.#callbacks.add(callback);
    return () => this.#callbacks.delete(callback);
  }

  get watchers(): number {
    return this.#callbacks.size;
  }

  #row(proxyId: string, name: string): LedgerResource {
    const none = {
      name,
      state: 'synced',
      sent: undefined,
      acked: undefined,
      nacked: undefined,
    } as const;
    return this.#proxies.get(proxyId)?.rows.get(name) ?? none;
  }

  #put(proxyId: string, row: LedgerResource): void {
    this.#proxies.get(proxyId)?.rows.set(row.name, row);
    this.#tell(proxyId);
  }

  #tell(proxyId: string): void {
    for (const callback of this.#callbacks) callback(proxyId);
  }
}
