/** A control plane that is measured. */
export interface Subject {
  readonly name: string;
  /** Its program: agent and command line in one. */
  readonly program: string;
  /** The arguments of `agent`, with every limit raised that would stand in the way of the work. */
  agentArguments(launch: LaunchOptions): readonly string[];
}

/** What an agent is launched with. */
export interface LaunchOptions {
  readonly ports: AgentPorts;
  /** Keeps its state in this folder; in memory without. */
  readonly dataDir?: string;
  readonly configFile?: string;
}

/** Ports of the loopback address. */
export interface AgentPorts {
  readonly http: number;
  readonly grpc: number;
  /** For what else it listens on. */
  readonly others: readonly number[];
}

/** Room for all sidecars of the largest measure, below the ports that the kernel gives to clients. */
export const sidecarPorts: { readonly first: number; readonly last: number } = {
  first: 10_001,
  last: 30_000,
};
