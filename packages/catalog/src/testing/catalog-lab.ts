import { decodeServiceRegistration, type ServiceRegistration } from '@chancery/model';
import { memoryStore, StoreUnderTest } from '@chancery/testing';
import {
  catalogTables,
  instanceKey,
  type PortRange,
  registerNode,
  registerService,
  setCheckStatus,
} from '../index.ts';

/** The range of Consul. */
export const sidecarPorts: PortRange = { min: 21000, max: 21255 };

interface RegisterOptions {
  readonly node?: string;
  readonly replace?: boolean;
  readonly ports?: PortRange;
}

/** A catalog in memory with the node `n1`, for tests. */
export class CatalogLab extends StoreUnderTest {
  async register(
    declaration: object,
    { node = 'n1', replace = false, ports = sidecarPorts }: RegisterOptions = {},
  ): Promise<{ readonly sidecarPort: number | undefined }> {
    const { sidecar } = await this.run(registerService, {
      node,
      registration: registration(declaration),
      replaceExistingChecks: replace,
      sidecarPorts: ports,
    });
    return { sidecarPort: sidecar?.port };
  }

  async report(
    checkId: string,
    status: 'passing' | 'warning' | 'critical',
    { node = 'n1', output = '' }: { readonly node?: string; readonly output?: string } = {},
  ): Promise<void> {
    await this.run(setCheckStatus, { node, checkId, status, output });
  }
}

export async function openCatalogLab(): Promise<CatalogLab> {
  const lab = new CatalogLab(await memoryStore(catalogTables));
  await addNode(lab, 'n1', '10.0.0.1');
  return lab;
}

export async function addNode(lab: CatalogLab, node: string, address: string): Promise<void> {
  const rest = { id: '', datacenter: 'dc1', taggedAddresses: {}, meta: {} };
  await lab.run(registerNode, { node, address, ...rest });
}

/** A registration as a file declares it. */
export function registration(declaration: object): ServiceRegistration {
  const decoded = decodeServiceRegistration(declaration, { casing: 'file' });
  if (!decoded.ok) throw new Error(decoded.issues.map(({ message }) => message).join('; '));
  return decoded.value;
}

/** A service with a sidecar, as a file declares it. */
export function withSidecar(name: string, port: number, rest: object = {}): object {
  return { name, port, connect: { sidecar_service: {} }, ...rest };
}

export function onFirstNode(serviceId: string): string {
  return instanceKey('n1', serviceId);
}
