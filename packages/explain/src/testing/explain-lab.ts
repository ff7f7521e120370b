import { catalogTables, registerNode, registerService, setCheckStatus } from '@chancery/catalog';
import { configEntries, intentionDeadlines, putConfigEntry } from '@chancery/config-entries';
import { decodeConfigEntry, decodeServiceRegistration } from '@chancery/model';
import { createSnapshotQueries, type SnapshotSettings } from '@chancery/snapshot';
import { memoryStore, StoreUnderTest } from '@chancery/testing';
import { createTranslator } from '@chancery/xds-translator';
import { explainConnection, explainSteps } from '../explain-connection.ts';
import type { ExplainedMesh } from '../explained-mesh.ts';
import type { ConnectionQuestion, ExplainedConnection, ResourceStanding } from '../explanation.ts';

/** The state of a small mesh in memory with the agent of the node `n1`, for tests of explanations. */
export class ExplainLab extends StoreUnderTest {
  /** How a proxy stands to what it is served, by `proxy name`; synced unless it is given. */
  readonly standings: Map<string, ResourceStanding> = new Map();
  defaultAction: SnapshotSettings['defaultAction'] = 'allow';

  async register(declaration: object, node = 'n1'): Promise<void> {
    const decoded = decodeServiceRegistration(declaration, { casing: 'file' });
    if (!decoded.ok) throw new Error(decoded.issues.map(({ message }) => message).join('; '));
    await this.run(registerService, {
      node,
      registration: decoded.value,
      replaceExistingChecks: false,
      sidecarPorts: { min: 21000, max: 21255 },
    });
  }

  /** Has a sidecar listen, or not. */
  async listen(service: string, status: 'passing' | 'critical', output = ''): Promise<void> {
    const checkId = `service:${service}-sidecar-proxy:1`;
    await this.run(setCheckStatus, { node: 'n1', checkId, status, output });
  }

  async write(entry: object): Promise<void> {
    const decoded = decodeConfigEntry(entry, { casing: 'file' });
    if (!decoded.ok) throw new Error(decoded.issues.map(({ message }) => message).join('; '));
    await this.run(putConfigEntry, { entry: decoded.value, datacenter: 'dc1' });
  }

  /** Writes the intentions about a service: `web:deny *:allow`. */
  async intend(destination: string, written: string): Promise<void> {
    const sources = written.split(' ').map((each) => {
      const [name, action] = each.split(':');
      return { name, action };
    });
    await this.write({ kind: 'service-intentions', name: destination, sources });
  }

  explain(
    source: string,
    destination: string,
    more: Partial<ConnectionQuestion> = {},
  ): ExplainedConnection {
    return explainConnection(this.store.view, this.#mesh(), { source, destination, ...more });
  }

  /** The same a little at a time. */
  steps(source: string, destination: string): ReturnType<typeof explainSteps> {
    return explainSteps(this.store.view, this.#mesh(), { source, destination });
  }

  #mesh(): ExplainedMesh {
    const settings = {
      trustDomain: 'td.consul',
      datacenter: 'dc1',
      defaultAction: this.defaultAction,
      node: 'n1',
    };
    return {
      settings,
      queries: createSnapshotQueries(settings),
      compile: (snapshot) => createTranslator().compile(snapshot),
      standing: (proxyId, _typeUrl, name) => this.standings.get(`${proxyId} ${name}`) ?? synced,
      matchesPattern: (pattern, text) => new RegExp(`^(?:${pattern})$`).test(text),
    };
  }
}

const synced: ResourceStanding = { state: 'synced', connected: true, detail: '' };

/** A mesh of `web`, which dials `db`, and `db`, which listens. */
export async function openExplainLab(): Promise<ExplainLab> {
  const lab = new ExplainLab(
    await memoryStore([...catalogTables, configEntries, intentionDeadlines]),
  );
  for (const [node, address] of [
    ['n1', '10.0.0.1'],
    ['n2', '10.0.0.2'],
  ] as const) {
    const rest = { id: '', datacenter: 'dc1', taggedAddresses: {}, meta: {} };
    await lab.run(registerNode, { node, address, ...rest });
  }
  await lab.register(meshed('db'));
  await lab.register(meshed('web', { db: 9191 }));
  await lab.listen('db', 'passing');
  return lab;
}

/** A service whose sidecar dials others, as a file declares it: an upstream is a name and a port. */
export function meshed(name: string, upstreams: Readonly<Record<string, number>> = {}): object {
  const declared = Object.entries(upstreams).map(([destination_name, local_bind_port]) => ({
    destination_name,
    local_bind_port,
  }));
  return { name, port: 8080, connect: { sidecar_service: { proxy: { upstreams: declared } } } };
}
