import { catalogTables, registerNode, registerService, setCheckStatus } from '@chancery/catalog';
import { configEntryTables, createIntention } from '@chancery/config-entries';
import { decodeServiceRegistration, type ServiceRegistration } from '@chancery/model';
import { memoryStore, StoreUnderTest } from '@chancery/testing';
import { createSnapshotQueries, type ProxySnapshot, type SnapshotQueries } from '../index.ts';

/** The state of a small mesh in memory with the agent of the node `n1`, for tests. */
export class SnapshotLab extends StoreUnderTest {
  readonly queries: SnapshotQueries = createSnapshotQueries({
    trustDomain: 'td.consul',
    datacenter: 'dc1',
    defaultAction: 'allow',
    node: 'n1',
  });

  async register(declaration: object, node = 'n1'): Promise<void> {
    await this.registerDecoded(registration(declaration), node);
  }

  async registerDecoded(decoded: ServiceRegistration, node = 'n1'): Promise<void> {
    await this.run(registerService, {
      node,
      registration: decoded,
      replaceExistingChecks: false,
      sidecarPorts: { min: 21000, max: 21255 },
    });
  }

  /** Has a sidecar listen, or not. */
  async listen(service: string, status: 'passing' | 'critical', node = 'n1'): Promise<void> {
    const checkId = `service:${service}-sidecar-proxy:1`;
    await this.run(setCheckStatus, { node, checkId, status, output: '' });
  }

  async deny(source: string, destination: string): Promise<void> {
    const id = `${source}-${destination}`;
    await this.run(createIntention, { id, source, destination, action: 'deny', nowMs: 1 });
  }

  /** The snapshot of the sidecar of a service. */
  of(service: string): ProxySnapshot | undefined {
    return this.ask(this.queries.proxySnapshot, `${service}-sidecar-proxy`);
  }
}

/** A lab with the nodes `n1` and `n2`, and no services. */
export async function openSnapshotLab(): Promise<SnapshotLab> {
  const lab = new SnapshotLab(await memoryStore([...catalogTables, ...configEntryTables]));
  for (const [node, address] of [
    ['n1', '10.0.0.1'],
    ['n2', '10.0.0.2'],
  ] as const) {
    const rest = { id: '', datacenter: 'dc1', taggedAddresses: {}, meta: {} };
    await lab.run(registerNode, { node, address, ...rest });
  }
  return lab;
}

/** A registration as a file declares it. */
export function registration(declaration: object): ServiceRegistration {
  const decoded = decodeServiceRegistration(declaration, { casing: 'file' });
  if (!decoded.ok) throw new Error(decoded.issues.map(({ message }) => message).join('; '));
  return decoded.value;
}

/** A service whose sidecar dials others, as a file declares it: an upstream is a name and a port. */
export function meshed(
  name: string,
  upstreams: Readonly<Record<string, number>> = {},
  proxy: object = {},
): object {
  const declared = Object.entries(upstreams).map(([destination_name, local_bind_port]) => ({
    destination_name,
    local_bind_port,
  }));
  const sidecar_service = { proxy: { upstreams: declared, ...proxy } };
  return { name, port: 8080, connect: { sidecar_service } };
}
