import type { Connection } from './connection.ts';
import { type Answer, type ReadOptions, read, segment } from './read.ts';
import type { AgentService, ProxyEntry, WeightsEntry } from './service.ts';

/** A machine that carries instances. */
export interface Node {
  readonly ID: string;
  readonly Node: string;
  readonly Address: string;
  readonly Datacenter: string;
  readonly TaggedAddresses: Readonly<Record<string, string>> | null;
  readonly Meta: Readonly<Record<string, string>> | null;
  readonly CreateIndex: number;
  readonly ModifyIndex: number;
}

/** An instance together with its node, flattened as the catalog writes it. */
export interface CatalogService {
  readonly ID: string;
  readonly Node: string;
  readonly Address: string;
  readonly Datacenter: string;
  readonly ServiceKind: string;
  readonly ServiceID: string;
  readonly ServiceName: string;
  readonly ServiceTags: readonly string[];
  readonly ServiceAddress: string;
  readonly ServicePort: number;
  readonly ServiceMeta: Readonly<Record<string, string>>;
  readonly ServiceWeights: WeightsEntry;
  readonly ServiceProxy?: ProxyEntry;
  readonly TaggedAddresses: Readonly<Record<string, string>> | null;
  readonly NodeMeta: Readonly<Record<string, string>> | null;
  readonly CreateIndex: number;
  readonly ModifyIndex: number;
}

/** A node and its instances by ID. */
export interface NodeServices {
  readonly Node: Node;
  readonly Services: Readonly<Record<string, AgentService>>;
}

/** Who beyond this datacenter and partition may reach a service. */
export interface ExportedService {
  readonly Service: string;
  readonly Partition?: string;
  readonly Consumers: {
    readonly Peers?: readonly string[];
    readonly Partitions?: readonly string[];
  };
}

/** The routes under `/v1/catalog`: what the whole datacenter knows. */
export interface CatalogClient {
  datacenters(): Promise<readonly string[]>;
  nodes(options?: ReadOptions): Promise<Answer<readonly Node[]>>;
  /** Service names with the tags their instances carry. */
  services(options?: ReadOptions): Promise<Answer<Readonly<Record<string, readonly string[]>>>>;
  service(name: string, options?: ReadOptions): Promise<Answer<readonly CatalogService[]>>;
  /** The instances that take mTLS connections for a service. */
  connect(name: string, options?: ReadOptions): Promise<Answer<readonly CatalogService[]>>;
  /** A node and what runs there; `null` when there is no such node. */
  node(name: string, options?: ReadOptions): Promise<Answer<NodeServices | null>>;
  /** The services that others may reach, as the entry `exported-services` says. */
  exportedServices(options?: ReadOptions): Promise<Answer<readonly ExportedService[]>>;
}

/** The catalog's routes over a connection. */
export function catalogClient(connection: Connection): CatalogClient {
  const list = <T>(path: string, options?: ReadOptions): Promise<Answer<T>> =>
    read(connection, `/v1/catalog/${path}`, options);
  return {
    datacenters: async () => (await list<readonly string[]>('datacenters')).value,
    nodes: (options) => list('nodes', options),
    services: (options) => list('services', options),
    service: (name, options) => list(`service/${segment(name)}`, options),
    connect: (name, options) => list(`connect/${segment(name)}`, options),
    node: (name, options) => list(`node/${segment(name)}`, options),
    exportedServices: (options) => read(connection, '/v1/exported-services', options),
  };
}
