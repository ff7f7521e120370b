import type { Connection } from './connection.ts';
import { read } from './read.ts';

/** A server that takes part in the consensus. */
export interface RaftServer {
  readonly ID: string;
  readonly Node: string;
  readonly Address: string;
  readonly Leader: boolean;
  readonly ProtocolVersion: string;
  readonly Voter: boolean;
  readonly LastIndex: number;
}

/** What one datacenter holds. */
export interface DatacenterUsage {
  readonly Nodes: number;
  readonly Services: number;
  readonly ServiceInstances: number;
  /** Instances by what they are to the mesh: `connect-proxy`, `mesh-gateway` and so on. */
  readonly ConnectServiceInstances: Readonly<Record<string, number>>;
  readonly BillableServiceInstances: number;
}

/** What each datacenter holds, by its name. */
export type Usage = Readonly<Record<string, DatacenterUsage>>;

/** The connections to other clusters, as the API writes them. */
export interface Peering {
  readonly Name: string;
  readonly State: string;
  readonly Meta?: Readonly<Record<string, string>> | null;
  readonly StreamStatus?: {
    readonly ImportedServices?: readonly string[] | null;
    readonly ExportedServices?: readonly string[] | null;
  };
}

/** The routes about the cluster as a whole. */
export interface OperatorClient {
  /** The address of the leader; empty while there is none. */
  leader(): Promise<string>;
  raftServers(): Promise<readonly RaftServer[]>;
  usage(options?: { readonly global?: boolean }): Promise<Usage>;
  peerings(): Promise<readonly Peering[]>;
}

/** The operator routes over a connection. */
export function operatorClient(connection: Connection): OperatorClient {
  const value = async <T>(path: string, query = {}): Promise<T> =>
    (await read<T>(connection, path, {}, query)).value;
  return {
    leader: () => value('/v1/status/leader'),
    async raftServers() {
      type Raft = { readonly Servers: readonly RaftServer[] };
      return (await value<Raft>('/v1/operator/raft/configuration')).Servers;
    },
    async usage({ global } = {}) {
      const query = global ? { global: '' } : {};
      return (await value<{ readonly Usage: Usage }>('/v1/operator/usage', query)).Usage;
    },
    peerings: () => value('/v1/peerings'),
  };
}
