import { catalogTables, registerNode, registerService, setCheckStatus } from '@chancery/catalog';
import { configEntryTables } from '@chancery/config-entries';
import type { AppliedChange, Authorship, ChangeSource, Outcome } from '@chancery/mesh-api';
import { decodeServiceRegistration } from '@chancery/model';
import type { Plan } from '@chancery/plan';
import { createSnapshotQueries } from '@chancery/snapshot';
import { memoryJournal, openStore, type Store } from '@chancery/store';
import type { Manifest, Resource } from '@chancery/xds-server';
import { createTranslator } from '@chancery/xds-translator';
import { createChangeSource } from '../mesh/change-source.ts';
import { ProxyPublisher } from '../proxies/proxy-publisher.ts';

/** A mesh without a network: the state, what is published for its sidecars, and the changes of it. */
export interface PlannedMesh extends Disposable {
  readonly store: Store;
  readonly changes: ChangeSource;
  /** Registers a service with a sidecar that dials others, and has the sidecar supplied. */
  readonly register: (name: string, upstreams?: readonly string[]) => Promise<void>;
  /** What was published last, by proxy. */
  readonly published: ReadonlyMap<string, Manifest>;
  /** How often something was published. */
  readonly publications: () => number;
  /** Resolves when what follows from the last change has happened. */
  readonly settled: () => Promise<void>;
}

/** Who makes the changes of tests. */
export const byTest: Authorship = { principal: { name: 'ann' }, via: 'test' };

const startedAtMs = 1000;
const node = 'n1';
const settings = {
  trustDomain: 'td.consul',
  datacenter: 'dc1',
  defaultAction: 'deny',
  node,
} as const;

/** How a planned mesh differs from the usual one. */
export interface PlannedMeshOptions {
  /** How many commits the history keeps. */
  readonly retention?: number;
  /** Milliseconds since 1970, for what asks the time. */
  readonly now?: () => number;
}

/** A mesh without services. */
export async function plannedMesh({
  retention = 1000,
  now = () => startedAtMs,
}: PlannedMeshOptions = {}): Promise<PlannedMesh> {
  const store = await openStore({
    tables: [...catalogTables, ...configEntryTables],
    journal: memoryJournal({ retention }),
    now,
  });
  const { proxySnapshot } = createSnapshotQueries(settings);
  const translator = createTranslator();
  const compile: typeof translator.compile = (snapshot) => translator.compile(snapshot);
  const published = new Map<string, Manifest>();
  let publications = 0;
  const publisher = new ProxyPublisher({
    store,
    proxySnapshot,
    compile,
    secrets: () => [],
    publish: (proxyId, manifest) => {
      publications += 1;
      published.set(proxyId, manifest);
    },
    withdraw: (proxyId) => published.delete(proxyId),
    onDiagnostics: () => {},
    onFailure: (_proxyId, cause) => {
      throw cause;
    },
  });
  const { datacenter, defaultAction } = settings;
  const isConnected = (proxyId: string): boolean => published.has(proxyId);
  await store.commit(
    registerNode,
    { id: '', node, address: '10.0.0.1', datacenter, taggedAddresses: {}, meta: {} },
    byTest,
  );
  return {
    store,
    published,
    publications: () => publications,
    changes: createChangeSource({
      ...{ store, now, node, datacenter, defaultAction, proxySnapshot, compile, isConnected },
    }),
    register: async (name, upstreams = []) => {
      await register(store, name, upstreams);
      publisher.follow(`${name}-sidecar-proxy`, 'wanted');
    },
    settled: async () => {
      for (let turn = 0; turn < 4; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    },
    [Symbol.dispose]: () => publisher[Symbol.dispose](),
  };
}

async function register(store: Store, name: string, upstreams: readonly string[]): Promise<void> {
  const declared = upstreams.map((destination_name, at) => ({
    destination_name,
    local_bind_port: 9000 + at,
  }));
  const decoded = decodeServiceRegistration(
    { name, port: 8080, connect: { sidecar_service: { proxy: { upstreams: declared } } } },
    { casing: 'file' },
  );
  if (!decoded.ok) throw new Error(decoded.issues.map(({ message }) => message).join('; '));
  const sidecarPorts = { min: 21000, max: 21255 };
  const registration = decoded.value;
  const input = { node, registration, replaceExistingChecks: false, sidecarPorts };
  await store.commit(registerService, input, byTest);
  const checkId = `service:${name}-sidecar-proxy:1`;
  await store.commit(setCheckStatus, { node, checkId, status: 'passing', output: '' }, byTest);
}

/** A change of entries as they are written in JSON, by their origins. */
export function changeOf(
  entries: readonly object[],
  rest: { readonly deletions?: readonly string[]; readonly prune?: boolean } = {},
): Parameters<ChangeSource['plan']>[0] {
  return {
    entries: entries.map((entry, at) => ({ entry, origin: `${at}.json` })),
    deletions: (rest.deletions ?? []).map((key) => {
      const [kind = '', name = ''] = key.split('/');
      return { kind, name };
    }),
    prune: rest.prune ?? false,
  };
}

/** What must have come of something. */
export function granted<T extends Plan | AppliedChange | { readonly to: number }>(
  outcome: Outcome<T>,
): T {
  if (outcome.ok) return outcome.value;
  throw new Error(`refused: ${outcome.refusal.message}`);
}

/** A resource in a line: its proxy, its name, and its content or that it is gone. */
export function resourceLine(
  proxyId: string,
  { typeUrl, name }: Pick<Resource, 'typeUrl' | 'name'>,
  hash: string | undefined,
): string {
  return `${proxyId} ${typeUrl.slice(typeUrl.lastIndexOf('.') + 1)} ${name} ${hash ?? 'gone'}`;
}
