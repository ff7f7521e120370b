import type { ConfigSource } from './decode-agent-config.ts';

/** The flags of `agent` that say what a file can say too; values as they were typed. */
export interface AgentFlags {
  readonly node?: string;
  readonly nodeId?: string;
  readonly datacenter?: string;
  readonly dataDir?: string;
  readonly bind?: string;
  readonly advertise?: string;
  readonly client?: string;
  readonly httpPort?: string;
  readonly grpcPort?: string;
  readonly logLevel?: string;
  readonly logJson?: boolean;
  readonly defaultIntentionPolicy?: string;
}

const places: Readonly<Record<keyof AgentFlags, readonly [flag: string, ...path: string[]]>> = {
  node: ['-node', 'node_name'],
  nodeId: ['-node-id', 'node_id'],
  datacenter: ['-datacenter', 'datacenter'],
  dataDir: ['-data-dir', 'data_dir'],
  bind: ['-bind', 'bind_addr'],
  advertise: ['-advertise', 'advertise_addr'],
  client: ['-client', 'client_addr'],
  httpPort: ['-http-port', 'ports', 'http'],
  grpcPort: ['-grpc-port', 'ports', 'grpc'],
  logLevel: ['-log-level', 'log_level'],
  logJson: ['-log-json', 'log_json'],
  defaultIntentionPolicy: ['-default-intention-policy', 'default_intention_policy'],
};

/** Flags as sources of configuration, one each, so that a mistake names its flag. */
export function flagSources(flags: AgentFlags): readonly ConfigSource[] {
  const sources: ConfigSource[] = [];
  for (const [flag, [name, ...path]] of Object.entries(places)) {
    const typed = flags[flag as keyof AgentFlags];
    if (typed === undefined) continue;
    const value = path.reduceRight<unknown>((inner, key) => ({ [key]: inner }), typed);
    sources.push({ name, value, weak: true });
  }
  return sources;
}
