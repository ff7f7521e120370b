import { type Block, blockOf } from '../block.ts';
import { type CheckDeclaration, standaloneCheck } from '../check-decoder.ts';
import { nodeName } from '../names.ts';
import {
  type Decoder,
  describe,
  filledText,
  flag,
  listOf,
  tellingKeysOf,
  text,
  wholeNumber,
} from '../primitives.ts';
import { report, type Scope } from '../scope.ts';
import type { ServiceRegistration } from '../service.ts';
import { meta } from '../service-block.ts';
import { serviceRegistration } from '../service-decoder.ts';
import { onlyDefault } from '../tenancy.ts';
import { aclFields, oldAclKeys, type PolicyValues, policy } from './acl-keys.ts';
import { type AddressValues, addressFields } from './address-keys.ts';
import { type ConnectValues, connectFields } from './ca-keys.ts';
import { type EntriesValues, entriesFields } from './config-entries-keys.ts';
import { noNegativeDuration, positiveDuration } from './durations.ts';
import {
  type HttpValues,
  httpFields,
  type LimitValues,
  limitFields,
  type SocketValues,
  socketFields,
} from './http-keys.ts';
import { inertAgentKeys } from './inert-keys.ts';
import { type KeyTable, key, type NotedField, section } from './key.ts';
import { type LogValues, logFields } from './log-keys.ts';
import { type PortValues, portFields } from './ports-keys.ts';
import { refusedAgentKeys } from './refused-keys.ts';
import { type TelemetryValues, telemetryFields } from './telemetry-keys.ts';

/** Something declared in a file, and where it stands there. */
export interface Placed<T> {
  readonly value: T;
  readonly scope: Scope;
}

/** What one configuration file may say. */
export interface AgentFileValues extends AddressValues, LogValues, PolicyValues {
  readonly datacenter: string;
  readonly primaryDatacenter: string;
  readonly nodeName: string;
  readonly nodeId: string;
  readonly nodeMeta: Readonly<Record<string, string>>;
  readonly dataDir: string;
  readonly ports: Block<PortValues>;
  readonly pidFile: string;
  readonly autoReloadConfig: boolean;
  readonly connect: Block<ConnectValues>;
  readonly configEntries: Block<EntriesValues>;
  readonly httpConfig: Block<HttpValues>;
  readonly limits: Block<LimitValues>;
  readonly unixSockets: Block<SocketValues>;
  readonly telemetry: Block<TelemetryValues>;
  readonly defaultQueryTime: number;
  readonly maxQueryTime: number;
  readonly enableScriptChecks: boolean;
  readonly enableLocalScriptChecks: boolean;
  readonly discardCheckOutput: boolean;
  readonly checkOutputMaxSize: number;
  readonly checkUpdateInterval: number;
  readonly services: readonly Placed<ServiceRegistration>[];
  readonly service: readonly Placed<ServiceRegistration>[];
  readonly checks: readonly Placed<CheckDeclaration>[];
  readonly check: readonly Placed<CheckDeclaration>[];
  readonly bootstrapExpect: number;
  readonly partition: 'default';
}

function placed<T>(decode: Decoder<T>): Decoder<Placed<T>> {
  return tellingKeysOf(decode, (value, scope) => {
    const found = decode(value, scope);
    return found === undefined ? undefined : { value: found, scope };
  });
}

const uuid: Decoder<string> = (value, scope) => {
  const found = text(value, scope);
  if (found === undefined) return undefined;
  if (/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(found)) return found.toLowerCase();
  return report(scope, `expected a UUID, found ${describe(found)}`);
};

const soleServer: Decoder<number> = (value, scope) => {
  const found = wholeNumber(0, 1000)(value, scope);
  if (found === undefined || found <= 1) return found;
  return report(scope, 'this agent joins no others yet: only 1 can be expected');
};

const ofNode: {
  readonly [K in
    | 'nodeName'
    | 'nodeId'
    | 'nodeMeta'
    | 'datacenter'
    | 'primaryDatacenter'
    | 'dataDir'
    | 'pidFile']: NotedField<AgentFileValues[K]>;
} = {
  datacenter: key('The datacenter (`dc1`).', nodeName),
  primaryDatacenter: key('What `datacenter` says: there is one datacenter yet.', nodeName),
  nodeName: key('The name of this node (the name of the host).', nodeName, ['node']),
  nodeId: key('The ID of this node (made once and kept).', uuid),
  nodeMeta: key(
    'What else there is to say of this node, by keys; the maps of all files are joined.',
    meta,
  ),
  dataDir: key('Where the state is kept.', filledText),
  pidFile: key('A file for the ID of the process, as long as it runs.', filledText),
};

const declared = {
  services: key(
    'Services to register, with their checks and sidecars; those of all files add up.',
    listOf(placed(serviceRegistration)),
  ),
  service: key('As `services`, for one.', listOf(placed(serviceRegistration))),
  checks: key(
    'Checks of the node, or of the service that `service_id` names; those of all files add up.',
    listOf(placed(standaloneCheck)),
  ),
  check: key('As `checks`, for one.', listOf(placed(standaloneCheck))),
};

const ofChecks = {
  enableScriptChecks: key(
    'Checks may run programs, whoever registers them: who reaches the API can then run programs as the agent.',
    flag,
  ),
  enableLocalScriptChecks: key('Checks of configuration files may run programs.', flag),
  discardCheckOutput: key('What checks print is thrown away.', flag),
  checkOutputMaxSize: key(
    'How many bytes of what a check prints are kept (4096).',
    wholeNumber(1, 1024 * 1024),
  ),
  checkUpdateInterval: key(
    'About how long it takes until an output is recorded that says something else about the same verdict (`5m`).',
    noNegativeDuration,
  ),
};

/** Every key of a configuration file. */
export const agentFields: KeyTable<AgentFileValues> = {
  ...refusedAgentKeys,
  ...inertAgentKeys,
  ...oldAclKeys,
  ...ofNode,
  ...addressFields,
  ...logFields,
  ...declared,
  ...ofChecks,
  ports: section('Ports; -1 turns one off.', portFields),
  autoReloadConfig: key(
    'Files are read again by themselves when they have changed and stayed so: half a second; five where one was emptied.',
    flag,
  ),
  defaultIntentionPolicy: key(
    '`allow` or `deny`: what becomes of a connection that no intention speaks of (`allow`).',
    policy,
  ),
  aclDefaultPolicy: key('The old name of `acl.default_policy`.', policy),
  acl: section('Access control.', aclFields),
  connect: section('The mesh.', connectFields),
  configEntries: section('Config entries.', entriesFields),
  httpConfig: section('How the HTTP API is served.', httpFields),
  limits: section('Limits.', limitFields),
  unixSockets: section('Sockets in the file system.', socketFields),
  telemetry: section('Metrics.', telemetryFields),
  defaultQueryTime: key(
    'How long a query waits for a change that does not say so itself (`5m`).',
    positiveDuration,
  ),
  maxQueryTime: key('How long a query may wait for a change (`10m`).', positiveDuration),
  bootstrapExpect: key('How many servers there are: 1.', soleServer),
  partition: key('`default`.', onlyDefault),
};

/** Reads one configuration file. */
export const agentFile: Decoder<Block<AgentFileValues>> = blockOf<AgentFileValues>(agentFields);
