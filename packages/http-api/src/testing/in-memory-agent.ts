import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { catalogTables, registerCheck, registerNode, setCheckStatus } from '@chancery/catalog';
import { configEntryTables } from '@chancery/config-entries';
import { defineQuery, memoryJournal, openStore, type Query, type Store } from '@chancery/store';
import type { CertificateAuthority } from '../certificate-authority.ts';
import { createHttpApi } from '../create-http-api.ts';
import type { HttpApiDependencies, IssuedLeaf, PublicRoots } from '../dependencies.ts';

/** The API on a real socket over a store in memory: an agent without its data plane. */
export interface InMemoryAgent extends AsyncDisposable {
  readonly store: Store;
  readonly port: number;
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** What was logged. */
  readonly lines: readonly string[];
  /** What `reload` and `leave` were called for. */
  readonly calls: readonly string[];
}

const principal = { name: 'test' };
const trustDomain = '11111111-2222-3333-4444-555555555555.consul';

/** Starts an agent; parts of the API can be replaced. */
export async function startInMemoryAgent(
  replaced: Partial<HttpApiDependencies> = {},
): Promise<InMemoryAgent> {
  const store = await openStore({
    tables: [...catalogTables, ...configEntryTables],
    journal: memoryJournal(),
    now: Date.now,
  });
  const lines: string[] = [];
  const calls: string[] = [];
  let port = 0;
  const api = createHttpApi({ ...defaults(store, () => port, lines, calls), ...replaced });
  await registerOwnNode(store);
  const server = createServer(api);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
  return {
    store,
    port,
    url: `http://127.0.0.1:${port}`,
    lines,
    calls,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await store[Symbol.asyncDispose]();
    },
  };
}

const node = { name: 'devnode', id: '9598e0cc-6ef4-89a6-07c1-ae0a775cb23d', address: '127.0.0.1' };

async function registerOwnNode(store: Store): Promise<void> {
  const { name, id, address } = node;
  const row = { node: name, id, address, datacenter: 'dc1', taggedAddresses: {}, meta: {} };
  await store.commit(registerNode, row, { principal });
  const check = {
    checkId: 'serfHealth',
    name: 'Agent',
    notes: '',
    initialStatus: 'passing',
    probe: { kind: 'reported' },
  } as const;
  await store.commit(registerCheck, { node: name, serviceId: '', check }, { principal });
}

function defaults(
  store: Store,
  port: () => number,
  lines: string[],
  calls: string[],
): HttpApiDependencies {
  let ids = 0;
  return {
    store,
    principal: () => principal,
    authorise: () => true,
    datacenter: 'dc1',
    node,
    version: '0.1.0',
    dev: false,
    defaultPolicy: 'allow',
    sidecarPorts: { min: 21000, max: 21255 },
    ports: () => ({ http: port(), grpc: 8502 }),
    xdsFigures: () => ({ streams: 2 }),
    hostNames: [],
    startedAt: Date.UTC(2026, 10, 23, 15, 23, 3),
    settings: { LeaveOnTerm: false },
    metrics: {
      json: () => ({ Gauges: [] }),
      prometheus: async () => 'consul_members_servers 1\n',
      stream: () => asyncListOf({ Gauges: [1] }, { Gauges: [2] }),
    },
    monitor: ({ level, json }) => asyncListOf(`first ${level} ${json}\n`, 'second\n'),
    onAnswer: () => undefined,
    authority: recordingAuthority(),
    roots,
    leaf: async (service, { after, signal }) => {
      if (after >= 1)
        await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
      return leafOf(service);
    },
    checkCustomConfig: () => [],
    checks: {
      report: ({ checkId }, verdict, by) =>
        store.commit(setCheckStatus, { node: node.name, checkId, ...verdict }, by),
      lastOutput: () => undefined,
      refusal: () => undefined,
    },
    reload: async () => {
      calls.push('reload');
      return { ok: true };
    },
    leave: () => calls.push('leave'),
    newId: () => `00000000-0000-4000-8000-${String(++ids).padStart(12, '0')}`,
    now: () => Date.UTC(2026, 10, 23, 15, 23, 25),
    log: (level, message, about) => lines.push(`${level} ${message} ${inText(about)}`),
  };
}

/** Takes every configuration, and shows the settings of the last. */
function recordingAuthority(): CertificateAuthority {
  const hourMs = 3_600_000;
  let settings = {
    leafCertTtlMs: 72 * hourMs,
    rootCertTtlMs: 87_600 * hourMs,
    revisions: { created: 0, modified: 0 },
  };
  return {
    settings: () => settings,
    configure: async (configuration) => {
      settings = { ...settings, ...configuration.settings };
      return { ok: true, revision: 7 };
    },
  };
}

const roots: Query<'', PublicRoots> = defineQuery<'', PublicRoots>({
  name: 'test.roots',
  evaluate: () => ({
    trustDomain,
    roots: [
      {
        id: 'aa:bb',
        name: 'Root',
        serialNumber: 7,
        signingKeyId: 'cc:dd',
        certificatePem: '-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n',
        notBefore: Date.UTC(2026, 10, 23),
        notAfter: Date.UTC(2036, 10, 20),
        active: true,
        revisions: { created: 1, modified: 1 },
      },
    ],
  }),
});

async function* asyncListOf<T>(...items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}

function leafOf(service: string): IssuedLeaf {
  return {
    serialNumber: '08',
    certificatePem: 'certificate',
    privateKeyPem: 'key',
    spiffeId: `spiffe://${trustDomain}/ns/default/dc/dc1/svc/${service}`,
    validAfter: Date.UTC(2026, 10, 23),
    validBefore: Date.UTC(2026, 10, 26),
    index: 1,
  };
}

/** An error is nothing as JSON. */
function inText(about: object | undefined): string {
  return JSON.stringify(about, (_key, value) => (value instanceof Error ? value.stack : value));
}
