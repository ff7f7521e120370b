import { type RegisterServiceInput, registerNode, registerService } from '@chancery/catalog';
import { upsertIntention } from '@chancery/config-entries';
import { type ServiceRef, serviceRef } from '@chancery/identity';
import type { ProxyState, StatusSource } from '@chancery/mesh-api';
import { decodeServiceRegistration } from '@chancery/model';
import { telling } from '@chancery/plan';
import { type Command, memoryJournal, openStore, type Store } from '@chancery/store';
import { expect, onTestFinished } from 'vitest';
import { createAuthors } from '../mesh/changes/authors.ts';
import { SeenBook } from '../mesh/seen/seen-book.ts';
import type { AgentFacts } from '../mesh/status/mesh-figures.ts';
import { createStatusSource, type StatusParts } from '../mesh/status-source.ts';
import { agentTables } from '../open-agent-store.ts';

/** What of the figures stays. */
export const facts: AgentFacts = {
  node: 'n1',
  datacenter: 'dc1',
  trustDomain: 'td.consul',
  version: '1',
  startedAt: 5,
  defaultAction: 'allow',
};

/** A service with a sidecar that declares an upstream, as a file has it. */
export const web: object = {
  name: 'web',
  port: 1,
  check: { check_id: 'w', ttl: '10s', status: 'passing' },
  connect: {
    sidecar_service: { proxy: { upstreams: [{ destination_name: 'db', local_bind_port: 2 }] } },
  },
};

const rootEnds = Date.UTC(2036, 0, 1);

/** A mesh that is watched in a test, over a real store; what the proxies are and what certificates there are is up to the test. */
export class WatchedMesh {
  readonly store: Store;
  readonly source: Pick<StatusSource, 'watch' | 'watchMatrix'>;
  readonly seen: SeenBook = new SeenBook();
  /** Who is told of changes of proxies, and of leafs. */
  readonly ledger: Set<(proxyId: string) => void> = new Set();
  readonly served: Set<(service: ServiceRef) => void> = new Set();
  /** How often proxies were asked for. */
  listed = 0;
  readonly #proxies = new Map<string, ProxyState>();
  readonly #failures: unknown[] = [];

  constructor(store: Store, aliveMs: number) {
    this.store = store;
    this.source = createStatusSource(this.#parts(aliveMs));
    onTestFinished(() => expect(this.#failures).toEqual([]));
  }

  async run<Input, Result>(command: Command<Input, Result>, input: Input): Promise<void> {
    const outcome = await this.store.commit(command, input, { principal: { name: 'ann' } });
    if (!outcome.ok) throw new Error(outcome.refusal.message);
  }

  /** Registers a service as a file declares it. */
  register(declared: object): Promise<void> {
    return this.run(registerService, registration(declared));
  }

  intend(source: string, destination: string, action: string): Promise<void> {
    return this.run(upsertIntention, { source, destination, action, datacenter: 'dc1', nowMs: 0 });
  }

  /** Has a proxy become another, and tells who wants to know. */
  changeProxy(id: string, change: Partial<ProxyState> = {}): void {
    const none = { streams: 1, builtRevision: 1, acknowledgedRevision: 1, types: [], problems: [] };
    this.#proxies.set(id, { id, service: 'web', node: 'n1', ...none, ...change });
    for (const tell of this.ledger) tell(id);
  }

  #parts(aliveMs: number): StatusParts {
    return {
      store: this.store,
      tables: agentTables,
      facts,
      authority: { root: () => ({ validity: { notAfter: rootEnds } }) as never },
      leafs: this.#leafs() as never,
      proxies: { list: (id) => this.#list(id) },
      onLedgerChange: (one) => {
        this.ledger.add(one);
        return () => void this.ledger.delete(one);
      },
      xdsFigures: () => ({}),
      followed: () => [...this.#proxies.keys()],
      authors: createAuthors(this.store),
      tell: telling([]),
      seen: this.seen,
      now: () => 7,
      onFailure: (cause) => this.#failures.push(cause),
      aliveMs,
    };
  }

  async #list(id: string | undefined): Promise<readonly ProxyState[]> {
    this.listed += 1;
    return [...this.#proxies.values()].filter((proxy) => id === undefined || proxy.id === id);
  }

  #leafs(): Pick<StatusParts['leafs'], 'list' | 'shown' | 'onServed' | 'onChange'> {
    const leaf = {
      service: serviceRef('db'),
      spiffeId: 'spiffe://td.consul/db',
      serialNumber: '01',
      validity: { notBefore: 1, notAfter: 2 },
    };
    const never = { [Symbol.dispose]: () => {} };
    return {
      list: () => [leaf],
      shown: () => leaf,
      onServed: (one) => {
        this.served.add(one);
        return { [Symbol.dispose]: () => void this.served.delete(one) };
      },
      onChange: () => never,
      ...{ counters: { firstEnd: rootEnds } },
    };
  }
}

/** A mesh of one node, of which watchers are told that they are connected each time nothing changed for so long. */
export async function openWatchedMesh(aliveMs = 60_000): Promise<WatchedMesh> {
  const tables = agentTables;
  const mesh = new WatchedMesh(
    await openStore({ tables, journal: memoryJournal(), now: () => 7 }),
    aliveMs,
  );
  const rest = { id: '', datacenter: 'dc1', taggedAddresses: {}, meta: {} };
  await mesh.run(registerNode, { node: 'n1', address: '10.0.0.1', ...rest });
  return mesh;
}

function registration(declared: object): RegisterServiceInput {
  const decoded = decodeServiceRegistration(declared, { casing: 'file' });
  if (!decoded.ok) throw new Error(decoded.issues.map(({ message }) => message).join('; '));
  const sidecarPorts = { min: 21000, max: 21255 };
  return { node: 'n1', registration: decoded.value, replaceExistingChecks: false, sidecarPorts };
}
