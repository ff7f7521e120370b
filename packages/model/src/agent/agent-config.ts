import type { CheckDefinition } from '../check.ts';
import type { ServiceRegistration } from '../service.ts';

/** Whether a connection that no intention speaks of is let through. */
export type DefaultPolicy = 'allow' | 'deny';

/** Ports of an agent; -1 turns one off. */
export interface AgentPorts {
  readonly http: number;
  readonly grpc: number;
  readonly sidecarMin: number;
  readonly sidecarMax: number;
}

/** What an agent is started with: files and flags merged, defaults filled in. */
export interface AgentConfig {
  readonly dev: boolean;
  readonly datacenter: string;
  readonly nodeName: string;
  readonly nodeId?: string;
  readonly nodeMeta: Readonly<Record<string, string>>;
  readonly dataDir?: string;
  readonly bindAddress: string;
  readonly advertiseAddress: string;
  readonly clientAddress: string;
  readonly ports: AgentPorts;
  readonly logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error';
  readonly logJson: boolean;
  readonly defaultIntentionPolicy: DefaultPolicy;
  /** 72 h unless `connect { ca_config { leaf_cert_ttl } }` says otherwise. */
  readonly leafCertTtlMs: number;
  readonly services: readonly ServiceRegistration[];
  readonly checks: readonly (CheckDefinition & { readonly serviceId?: string })[];
}
