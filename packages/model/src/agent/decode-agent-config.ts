import { type Block, defined } from '../block.ts';
import type { Decoded, Issue } from '../decoded.ts';
import { decoded, report, rootScope, warn, within } from '../scope.ts';
import type { ServiceRegistration } from '../service.ts';
import type { AgentConfig, AgentPorts, DefaultPolicy } from './agent-config.ts';
import { type AgentFileValues, agentFile } from './agent-file.ts';
import {
  refuseDuplicateChecks,
  refuseDuplicateServices,
  refuseExhaustedPorts,
} from './registrations.ts';

/** One document that says something about the agent. */
export interface ConfigSource {
  /** What its issues are said to stand in: a file's path, a flag. */
  readonly name: string;
  /** Plain JSON; what `toValue` of HCL gives. */
  readonly value: unknown;
  /** Whether `"8500"` passes for a number, as on a command line. */
  readonly weak?: boolean;
}

/** What the machine itself says. */
export interface HostFacts {
  readonly hostname: string;
  /** How others reach it, for when it binds to every address. */
  readonly address?: string;
}

/** What decoding an agent's configuration takes beside the sources. */
export interface DecodeAgentOptions {
  readonly dev: boolean;
  readonly host: HostFacts;
  /** Further mistakes in a service, by paths inside its block: of parts that only others understand. */
  readonly checkService?: (registration: ServiceRegistration) => readonly Issue[];
}

/** The configuration or every mistake of every source; and what has no effect, said once each. */
export type DecodedAgentConfig = Decoded<AgentConfig> & { readonly warnings: readonly Issue[] };

/**
 * Reads all sources in their order: later ones win, maps are joined, services and checks add up. Consul's order
 * is files, then flags, then `-hcl` fragments. Issues and warnings carry the name of their source.
 */
export function decodeAgentConfig(
  sources: readonly ConfigSource[],
  options: DecodeAgentOptions,
): DecodedAgentConfig {
  const root = rootScope('file');
  const layers = sources
    .map(({ name, value, weak = false }) => agentFile(value, { ...root, weak, source: name }))
    .filter((layer) => layer !== undefined);
  const config = merge(layers, options);
  return { ...decoded(root, config), warnings: root.warnings };
}

type Layer = Block<AgentFileValues>;

function merge(layers: readonly Layer[], options: DecodeAgentOptions): AgentConfig {
  const last = lastOf(layers);
  const bindAddress = last('bindAddr') ?? (options.dev ? '127.0.0.1' : '0.0.0.0');
  const ports = portsOf(layers, options.dev);
  return {
    dev: options.dev,
    datacenter: last('datacenter') ?? 'dc1',
    nodeName: last('nodeName') ?? options.host.hostname,
    nodeMeta: Object.assign({}, ...layers.map((layer) => layer.values.nodeMeta)),
    bindAddress,
    advertiseAddress: last('advertiseAddr') ?? reachable(bindAddress, options.host),
    clientAddress: last('clientAddr') ?? '127.0.0.1',
    ports,
    logLevel: last('logLevel') ?? 'info',
    logJson: last('logJson') ?? false,
    defaultIntentionPolicy: defaultPolicy(layers),
    leafCertTtlMs: leafTtl(layers) ?? 72 * 3_600_000,
    services: servicesOf(layers, ports, options.checkService),
    checks: checksOf(layers),
    ...defined({ nodeId: last('nodeId'), dataDir: dataDir(layers, options.dev) }),
  };
}

/** In development nothing is kept, wherever a file would have it. */
function dataDir(layers: readonly Layer[], dev: boolean): string | undefined {
  if (!dev) return lastOf(layers)('dataDir');
  for (const layer of layers.filter(({ has }) => has('dataDir'))) {
    warn(
      layer.at('dataDir'),
      'has no effect with -dev, which keeps everything in memory',
      'data_dir',
    );
  }
  return undefined;
}

/** The value of a key in the last layer that has it. */
function lastOf<V extends object>(
  layers: readonly Block<V>[],
): <K extends keyof V>(key: K) => V[K] | undefined {
  return (key) => layers.findLast((layer) => layer.values[key] !== undefined)?.values[key];
}

function present<T>(values: readonly (T | undefined)[]): readonly T[] {
  return values.filter((value) => value !== undefined);
}

/** A port of 0 or less is off; Consul turns xDS on by itself only in development. */
function portsOf(layers: readonly Layer[], dev: boolean): AgentPorts {
  const last = lastOf(present(layers.map((layer) => layer.values.ports)));
  const port = (value: number): number => (value <= 0 ? -1 : value);
  return {
    http: port(last('http') ?? 8500),
    grpc: port(last('grpc') ?? (dev ? 8502 : -1)),
    sidecarMin: port(last('sidecarMinPort') ?? 21000),
    sidecarMax: port(last('sidecarMaxPort') ?? 21255),
  };
}

function reachable(bindAddress: string, host: HostFacts): string {
  const everywhere = bindAddress === '0.0.0.0' || bindAddress === '::';
  return everywhere ? (host.address ?? '127.0.0.1') : bindAddress;
}

function defaultPolicy(layers: readonly Layer[]): DefaultPolicy {
  const last = lastOf(layers);
  const ofAcl = lastOf(present(layers.map((layer) => layer.values.acl)))('defaultPolicy');
  return last('defaultIntentionPolicy') ?? ofAcl ?? 'allow';
}

function leafTtl(layers: readonly Layer[]): number | undefined {
  const connects = present(layers.map((layer) => layer.values.connect));
  return lastOf(present(connects.map((connect) => connect.values.caConfig)))('leafCertTtl');
}

function servicesOf(
  layers: readonly Layer[],
  ports: AgentPorts,
  checkService: DecodeAgentOptions['checkService'] = () => [],
): AgentConfig['services'] {
  const all = layers.flatMap(({ values }) => [
    ...(values.service ?? []),
    ...(values.services ?? []),
  ]);
  for (const { value, scope } of all) {
    for (const { path, message, ...detail } of checkService(value)) {
      report(within(scope, ...path), message, detail);
    }
  }
  refuseDuplicateServices(all);
  refuseExhaustedPorts(all, ports);
  return all.map((placed) => placed.value);
}

function checksOf(layers: readonly Layer[]): AgentConfig['checks'] {
  const all = layers.flatMap(({ values }) => [...(values.check ?? []), ...(values.checks ?? [])]);
  refuseDuplicateChecks(all);
  return all.map((placed) => placed.value);
}
