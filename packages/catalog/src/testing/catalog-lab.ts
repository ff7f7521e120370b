import { decodeServiceRegistration, type ServiceRegistration } from '@chancery/model';
import {
  type Command,
  type Committed,
  memoryJournal,
  openStore,
  type Query,
  type Refusal,
  type Store,
} from '@chancery/store';
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
export class CatalogLab {
  readonly store: Store;

  constructor(store: Store) {
    this.store = store;
  }

  /** Runs a command that must succeed. */
  async run<Input, Result>(command: Command<Input, Result>, input: Input): Promise<Result> {
    const committed = await this.#commit(command, input);
    if (!committed.ok) throw new Error(`refused: ${committed.refusal.message}`);
    return committed.result;
  }

  /** Runs a command that must be refused. */
  async refused<Input, Result>(command: Command<Input, Result>, input: Input): Promise<Refusal> {
    const committed = await this.#commit(command, input);
    if (committed.ok) throw new Error('the command was not refused');
    return committed.refusal;
  }

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

  ask<Arg extends string, T>(query: Query<Arg, T>, arg: Arg): T {
    return this.store.read(query, arg).value;
  }

  #commit<Input, Result>(
    command: Command<Input, Result>,
    input: Input,
  ): Promise<Committed<Result>> {
    return this.store.commit(command, input, { principal: { name: 'test' } });
  }
}

export async function openCatalogLab(): Promise<CatalogLab> {
  const journal = memoryJournal();
  const lab = new CatalogLab(await openStore({ tables: catalogTables, journal, now: () => 0 }));
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
