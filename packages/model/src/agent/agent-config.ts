import type { CheckDefinition } from '../check.ts';
import type { ConfigEntry } from '../entries/config-entry.ts';
import type { ServiceRegistration } from '../service.ts';
import type { ListenAddress } from './listen-address.ts';
import type { TelemetryConfig } from './telemetry-keys.ts';

/** Whether a connection that no intention speaks of is let through. */
export type DefaultPolicy = 'allow' | 'deny';

/** Ports of an agent; -1 turns one off. */
export interface AgentPorts {
  readonly http: number;
  readonly grpc: number;
  readonly sidecarMin: number;
  readonly sidecarMax: number;
}

/** Where the log is kept beside standard error, and when another file is begun. */
export interface LogFile {
  /** As it was given: a name, or a folder when it ends with a slash. */
  readonly path: string;
  readonly rotateAfterMs: number;
  /** Absent: however large it gets. */
  readonly rotateAtBytes?: number;
  /** How many earlier files are kept; absent: all of them. */
  readonly keep?: number;
}

/** How the HTTP API is served. */
export interface HttpConfig {
  readonly responseHeaders: Readonly<Record<string, string>>;
  /** Paths, with everything below them, that are answered with 403. */
  readonly blockEndpoints: readonly string[];
  /** Networks in CIDR notation from which something may be changed; none stands for all. */
  readonly allowWriteFrom: readonly string[];
  readonly maxHeaderBytes?: number;
  /** 0 stands for no bound. */
  readonly maxConnectionsPerClient: number;
  /** Of sockets in the file system, as `chmod` takes it. */
  readonly socketMode?: number;
}

/** How long a query may wait for a change; no longer than the second, also where it does not say itself. */
export interface QueryWaits {
  readonly defaultMs: number;
  readonly maxMs: number;
}

/** What the certificate authority is asked for. */
export interface CaConfig {
  readonly leafCertTtlMs: number;
  readonly rootCertTtlMs: number;
  /** A root that was made elsewhere. */
  readonly root?: { readonly certificatePem: string; readonly privateKeyPem: () => string };
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
  /** The addresses of the node by what they are for: `lan`, `wan`, `lan_ipv4` … */
  readonly taggedAddresses: Readonly<Record<string, string>>;
  /** Where each interface listens, whether or not its port is on. */
  readonly listen: {
    readonly http: readonly ListenAddress[];
    readonly grpc: readonly ListenAddress[];
  };
  readonly ports: AgentPorts;
  readonly logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error';
  readonly logJson: boolean;
  readonly logFile?: LogFile;
  readonly pidFile?: string;
  /** Whether files are read again by themselves when they change. */
  readonly autoReloadConfig: boolean;
  readonly defaultIntentionPolicy: DefaultPolicy;
  readonly ca: CaConfig;
  readonly http: HttpConfig;
  readonly queryWaits: QueryWaits;
  readonly telemetry: TelemetryConfig;
  /** Whose checks may run programs: nobody's, those of the files, or those of the API as well. */
  readonly scriptChecks: 'off' | 'files' | 'all';
  /** Whether what checks print is thrown away. */
  readonly discardCheckOutput: boolean;
  readonly checkOutputMaxBytes: number;
  /** About how long an output waits to be recorded that says something else about the same verdict. */
  readonly checkUpdateIntervalMs: number;
  /** Written at the start, where there is none of that kind and name. */
  readonly configEntries: readonly ConfigEntry[];
  readonly services: readonly ServiceRegistration[];
  readonly checks: readonly (CheckDefinition & { readonly serviceId?: string })[];
}
