import { createRoot, issueLeaf, type Root } from '@chancery/ca';
import { serviceRef, serviceSpiffeId } from '@chancery/identity';
import { type Intention, rulesFor } from '@chancery/intentions';
import {
  type Decoded,
  decodeProxyConfig,
  decodeUpstreamConfig,
  type Upstream,
} from '@chancery/model';
import { createXdsServer, type Nack, type XdsServer } from '@chancery/xds-server';
import {
  createTranslator,
  leafSecret,
  leafSecretName,
  type Resource,
  rootsSecret,
  rootsSecretName,
  type Translator,
} from '@chancery/xds-translator';

type Snapshot = Parameters<Translator['compile']>[0];

/** One sidecar as a test declares it; ports may be 0. */
export interface DeclaredSidecar {
  readonly service: string;
  readonly publicPort?: number;
  readonly localPort?: number;
  readonly localSocket?: string;
  readonly config?: object;
  readonly defaultAction?: 'allow' | 'deny';
  readonly intentions?: readonly Intention[];
  /** Upstream services, each with the ports where it can be reached. */
  readonly upstreams?: Readonly<Record<string, readonly number[]>>;
  /** Where upstreams listen, instead of a port. */
  readonly upstreamSocket?: { readonly path: string; readonly mode: string };
  /** The service that the certificate is for, where it is not the sidecar's own. */
  readonly impostorFor?: string;
  /** What is served in the end, where it is not everything. */
  readonly served?: (resources: readonly Resource[]) => readonly Resource[];
}

/** A real control plane in this process: CA, translator and xDS server. */
export interface TestMesh extends AsyncDisposable {
  readonly server: XdsServer;
  readonly port: number;
  readonly nacks: readonly Nack[];
  readonly root: Root;
  /** The certificates that it has issued. */
  readonly secrets: Secrets;
  /** Serves a sidecar under its service's name; its certificate stays until it is rotated. */
  declare(sidecar: DeclaredSidecar): Promise<void>;
  rotate(service: string): void;
}

export const trustDomain = '11111111-2222-3333-4444-555555555555.consul';

const HOUR = 3_600_000;

/** Starts a control plane: a new one on any port, or another on the port and with the certificates of one that is gone. */
export async function testMesh(before?: TestMesh): Promise<TestMesh> {
  const nacks: Nack[] = [];
  const server = createXdsServer({
    onNack: (nack) => nacks.push(nack),
    limits: { registrationMs: 500, graceMs: 100 },
  });
  const root = before?.root ?? (await createRoot({ trustDomain, now: Date.now() }));
  const { port } = await server.listen({ host: '127.0.0.1', port: before?.port ?? 0 });
  const translator = createTranslator();
  const secrets = before?.secrets ?? createSecrets(root);
  let revision = 0;
  return {
    ...{ server, nacks, root, secrets, port },
    async declare(sidecar) {
      const { resources } = translator.compile(snapshotOf(sidecar));
      const all = [...resources, ...(await secrets.of(sidecar))];
      revision += 1;
      const served = sidecar.served?.(all) ?? all;
      server.publish(sidecar.service, { revision, resources: served });
    },
    rotate: (service) => secrets.forget(service),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

interface Secrets {
  of(sidecar: DeclaredSidecar): Promise<readonly Resource[]>;
  forget(service: string): void;
}

function createSecrets(root: Root): Secrets {
  const leafs = new Map<string, Promise<Resource>>();
  const roots = rootsSecret(rootsSecretName(trustDomain), root.certificatePem);
  let serial = 1;
  const leaf = async (name: string, identity: string): Promise<Resource> => {
    serial += 1;
    const spiffeId = serviceSpiffeId(trustDomain, serviceRef(identity), 'dc1');
    const issued = await issueLeaf(root, { spiffeId, ttlMs: HOUR, now: Date.now(), serial });
    if (!issued.ok) throw new Error(issued.refusal.message);
    const { certificatePem, privateKey } = issued.leaf;
    return leafSecret(leafSecretName(serviceRef(name), 'dc1'), {
      certificatePem,
      privateKeyPem: privateKey.reveal(),
    });
  };
  return {
    async of({ service, impostorFor = service }) {
      const known = leafs.get(service) ?? leaf(service, impostorFor);
      leafs.set(service, known);
      return [await known, roots];
    },
    forget: (service: string) => void leafs.delete(service),
  };
}

/** What a proxy is to be, as the translator takes it. */
export function snapshotOf(sidecar: DeclaredSidecar): Snapshot {
  const { service, intentions = [], defaultAction = 'allow', localSocket: socketPath } = sidecar;
  return {
    kind: 'sidecar',
    proxyId: service,
    service: serviceRef(service),
    datacenter: 'dc1',
    trustDomain,
    publicListener: { address: '127.0.0.1', port: sidecar.publicPort ?? 0 },
    localApp: {
      address: '127.0.0.1',
      port: sidecar.localPort ?? 1,
      ...(socketPath !== undefined && { socketPath }),
    },
    config: value(decodeProxyConfig(sidecar.config ?? {})),
    rules: rulesFor(service, intentions, defaultAction),
    upstreams: Object.entries(sidecar.upstreams ?? {}).map(([name, ports]) => ({
      upstream: upstreamOf(name, sidecar),
      config: value(decodeUpstreamConfig({})),
      endpoints: {
        target: { service: serviceRef(name), datacenter: 'dc1' },
        endpoints: ports.map((port) => ({ address: '127.0.0.1', port, weight: 1 })),
      },
    })),
  };
}

function upstreamOf(destinationName: string, { upstreamSocket }: DeclaredSidecar): Upstream {
  return {
    destinationName,
    destinationType: 'service',
    localBindAddress: '127.0.0.1',
    localBindPort: 0,
    config: {},
    ...(upstreamSocket && {
      localBindSocketPath: upstreamSocket.path,
      localBindSocketMode: upstreamSocket.mode,
    }),
  };
}

function value<T>(decoded: Decoded<T>): T {
  if (!decoded.ok) throw new Error(JSON.stringify(decoded.issues));
  return decoded.value;
}
