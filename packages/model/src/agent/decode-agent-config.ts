import { type Block, defined } from '../block.ts';
import type { Decoded, Issue } from '../decoded.ts';
import { decoded, report, rootScope, type Scope, warn, within } from '../scope.ts';
import type { ServiceRegistration } from '../service.ts';
import { defaultPolicyOf } from './acl-keys.ts';
import type { AgentConfig, AgentPorts, QueryWaits } from './agent-config.ts';
import { type AgentFileValues, agentFile } from './agent-file.ts';
import { caOf } from './ca-keys.ts';
import { bootstrapEntries } from './config-entries-keys.ts';
import type { HostFacts } from './host-facts.ts';
import { httpOf } from './http-keys.ts';
import { allOf, joined, lastOf } from './layers.ts';
import { logFileOf } from './log-keys.ts';
import { addressesOfNode } from './node-addresses.ts';
import { portsOf } from './ports-keys.ts';
import {
  refuseDuplicateChecks,
  refuseDuplicateServices,
  refuseExhaustedPorts,
} from './registrations.ts';
import { telemetryOf } from './telemetry-keys.ts';

/** One document that says something about the agent. */
export interface ConfigSource {
  /** What its issues are said to stand in: a file's path, a flag. */
  readonly name: string;
  /** Plain JSON; what `toValue` of HCL gives. */
  readonly value: unknown;
  /** Whether `"8500"` passes for a number, as on a command line. */
  readonly weak?: boolean;
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
  const config = merge(layers, options, root);
  return { ...decoded(root, config), warnings: root.warnings };
}

type Layer = Block<AgentFileValues>;

function merge(layers: readonly Layer[], options: DecodeAgentOptions, root: Scope): AgentConfig {
  const { dev, host } = options;
  const last = lastOf(layers);
  const ports = portsOf(allOf(layers, 'ports'), dev);
  const datacenter = last('datacenter') ?? 'dc1';
  refuseOtherPrimary(layers, datacenter);
  return {
    dev,
    datacenter,
    nodeName: last('nodeName') ?? host.hostname,
    nodeMeta: joined(allOf(layers, 'nodeMeta')),
    ...addressesOfNode({ layers, dev, host, scope: root }),
    ports,
    logLevel: last('logLevel') ?? 'info',
    logJson: last('logJson') ?? false,
    autoReloadConfig: last('autoReloadConfig') ?? false,
    defaultIntentionPolicy: defaultPolicyOf(layers),
    ca: caOf(allOf(layers, 'connect')),
    http: httpOf({
      http: allOf(layers, 'httpConfig'),
      limits: allOf(layers, 'limits'),
      sockets: allOf(layers, 'unixSockets'),
    }),
    queryWaits: queryWaits(layers),
    telemetry: telemetryOf(allOf(layers, 'telemetry')),
    scriptChecks: scriptChecks(layers),
    discardCheckOutput: last('discardCheckOutput') ?? false,
    checkOutputMaxBytes: last('checkOutputMaxSize') ?? 4096,
    checkUpdateIntervalMs: last('checkUpdateInterval') ?? 5 * 60_000,
    configEntries: bootstrapEntries(allOf(layers, 'configEntries')),
    services: servicesOf(layers, ports, options.checkService),
    checks: checksOf(layers),
    ...defined({
      nodeId: last('nodeId'),
      dataDir: dataDir(layers, dev),
      logFile: logFileOf(layers),
      pidFile: last('pidFile'),
    }),
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

function refuseOtherPrimary(layers: readonly Layer[], datacenter: string): void {
  const layer = layers.findLast(({ values }) => values.primaryDatacenter !== undefined);
  const primary = layer?.values.primaryDatacenter;
  if (layer === undefined || primary === undefined || primary === datacenter) return;
  const message = `there is one datacenter yet: remove it, or set it to "${datacenter}"`;
  report(layer.at('primaryDatacenter'), message);
}

function queryWaits(layers: readonly Layer[]): QueryWaits {
  const last = lastOf(layers);
  const minuteMs = 60_000;
  return {
    defaultMs: last('defaultQueryTime') ?? 5 * minuteMs,
    maxMs: last('maxQueryTime') ?? 10 * minuteMs,
  };
}

function scriptChecks(layers: readonly Layer[]): AgentConfig['scriptChecks'] {
  const last = lastOf(layers);
  if (last('enableScriptChecks') === true) return 'all';
  return last('enableLocalScriptChecks') === true ? 'files' : 'off';
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
