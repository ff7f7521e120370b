import { type Block, blockOf, field, ignored, unsupported } from '../block.ts';
import { type CheckDeclaration, standaloneCheck } from '../check-decoder.ts';
import { ipAddress } from '../ip-address.ts';
import { nodeName } from '../names.ts';
import {
  type Decoder,
  describe,
  duration,
  filledText,
  flag,
  listOf,
  oneOf,
  text,
  wholeNumber,
} from '../primitives.ts';
import { report, type Scope } from '../scope.ts';
import type { ServiceRegistration } from '../service.ts';
import { meta } from '../service-block.ts';
import { serviceRegistration } from '../service-decoder.ts';
import { onlyDefault } from '../tenancy.ts';
import type { AgentConfig, DefaultPolicy } from './agent-config.ts';
import { ignoredAgentKeys, refusedAgentKeys } from './agent-keys.ts';

/** Something declared in a file, and where it stands there. */
export interface Placed<T> {
  readonly value: T;
  readonly scope: Scope;
}

interface PortValues {
  readonly http: number;
  readonly grpc: number;
  readonly sidecarMinPort: number;
  readonly sidecarMaxPort: number;
}

/** What one configuration file may say. */
export interface AgentFileValues {
  readonly datacenter: string;
  readonly nodeName: string;
  readonly nodeId: string;
  readonly nodeMeta: Readonly<Record<string, string>>;
  readonly dataDir: string;
  readonly bindAddr: string;
  readonly advertiseAddr: string;
  readonly clientAddr: string;
  readonly ports: Block<PortValues>;
  readonly logLevel: AgentConfig['logLevel'];
  readonly logJson: boolean;
  readonly defaultIntentionPolicy: DefaultPolicy;
  readonly acl: Block<{ readonly enabled: boolean; readonly defaultPolicy: DefaultPolicy }>;
  readonly connect: Block<ConnectValues>;
  readonly services: readonly Placed<ServiceRegistration>[];
  readonly service: readonly Placed<ServiceRegistration>[];
  readonly checks: readonly Placed<CheckDeclaration>[];
  readonly check: readonly Placed<CheckDeclaration>[];
  readonly bootstrapExpect: number;
  readonly partition: 'default';
}

interface ConnectValues {
  readonly enabled: boolean;
  readonly caProvider: 'consul';
  readonly caConfig: Block<{ readonly leafCertTtl: number }>;
}

function placed<T>(decode: Decoder<T>): Decoder<Placed<T>> {
  return (value, scope) => {
    const found = decode(value, scope);
    return found === undefined ? undefined : { value: found, scope };
  };
}

const policy: Decoder<DefaultPolicy> = oneOf('allow', 'deny');
const levels = {
  trace: 'trace',
  debug: 'debug',
  info: 'info',
  warn: 'warn',
  error: 'error',
} as const;

const logLevel: Decoder<AgentConfig['logLevel']> = (value, scope) => {
  const word = text(value, scope)?.toLowerCase();
  if (word === undefined) return undefined;
  const alias = word === 'err' ? 'error' : word === 'warning' ? 'warn' : word;
  if (alias in levels) return levels[alias as keyof typeof levels];
  return report(scope, `expected ${Object.keys(levels).join(', ')}; found ${describe(value)}`);
};

/** One address to listen on or to be found at; Consul's address templates and lists are not evaluated. */
const address: Decoder<string> = (value, scope) => {
  const found = filledText(value, scope);
  if (found === undefined || /^[A-Za-z0-9.:_-]+$/.test(found)) return found;
  return report(scope, `expected one address such as "127.0.0.1", found ${describe(found)}`);
};

/** The node is found at it, and Envoy reaches endpoints by their IP address alone. */
const nodeAddress: Decoder<string> = (value, scope) => {
  const found = address(value, scope);
  return found === undefined ? undefined : ipAddress(found, scope);
};

const advertised: Decoder<string> = (value, scope) => {
  const found = nodeAddress(value, scope);
  if (found === undefined || !['0.0.0.0', '::'].includes(found)) return found;
  return report(scope, `${describe(found)} is no address that others can reach`);
};

const uuid: Decoder<string> = (value, scope) => {
  const found = text(value, scope);
  if (found === undefined) return undefined;
  if (/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(found)) return found.toLowerCase();
  return report(scope, `expected a UUID, found ${describe(found)}`);
};

const off: Decoder<boolean> = (value, scope) => {
  const found = flag(value, scope);
  if (!found) return found;
  return report(scope, 'access control by tokens is not there yet: remove it or set it to false', {
    code: 'unsupported',
    key: 'enabled',
  });
};

const on: Decoder<boolean> = (value, scope) => {
  if (flag(value, scope) !== false) return true;
  return report(scope, 'the mesh is what this agent is for: it cannot be turned off');
};

/** Longer than 10 s, so that a leaf can be renewed in time (Consul: at least 1 h), and at most a year. */
const leafTtl: Decoder<number> = (value, scope) => {
  const found = duration(value, scope);
  if (found === undefined) return undefined;
  if (found >= 10_000 && found <= 8760 * 3_600_000) return found;
  return report(scope, 'must be between 10s and 8760h');
};

const soleServer: Decoder<number> = (value, scope) => {
  const found = wholeNumber(0, 1000)(value, scope);
  if (found === undefined || found <= 1) return found;
  return report(scope, 'this agent joins no others yet: only 1 can be expected');
};

const closedPort = wholeNumber(-1, 65535);
const disabledPort: Decoder<number> = (value, scope) => {
  const found = closedPort(value, scope);
  if (found === undefined || found <= 0) return found;
  return report(scope, 'TLS on this port is not there yet: remove it or set it to -1');
};

const portFields = {
  http: field(closedPort),
  grpc: field(closedPort),
  sidecarMinPort: field(closedPort),
  sidecarMaxPort: field(closedPort),
  https: field(disabledPort),
  grpcTls: field(disabledPort),
  ...ignored('nothing listens there', 'dns', 'serfLan', 'serfWan', 'server'),
  ...ignored('no ports are given out from it', 'proxyMinPort', 'proxyMaxPort'),
  ...ignored('no ports are given out from it', 'exposeMinPort', 'exposeMaxPort'),
};

const aclFields = {
  enabled: field(off),
  defaultPolicy: field(policy),
  ...ignored('there are no tokens yet', 'tokens', 'downPolicy', 'tokenTtl', 'policyTtl'),
  ...ignored('there are no tokens yet', 'roleTtl', 'enableTokenPersistence'),
  ...ignored('there are no tokens yet', 'enableTokenReplication', 'enableKeyListPolicy'),
};

const caFields = {
  leafCertTtl: field(leafTtl),
  ...unsupported('the agent makes its own root', 'privateKey', 'rootCert', 'rootCertTtl'),
  ...unsupported('keys are EC P-256', 'privateKeyType', 'privateKeyBits'),
  ...ignored('the root signs leafs itself', 'intermediateCertTtl'),
  ...ignored('signing is not limited', 'csrMaxPerSecond', 'csrMaxConcurrent'),
};

const connectFields = {
  enabled: field(on),
  caProvider: field(oneOf('consul')),
  caConfig: field(blockOf<{ readonly leafCertTtl: number }>(caFields)),
  ...unsupported('there are no mesh gateways yet', 'enableMeshGatewayWanFederation'),
};

/** Reads one configuration file. */
export const agentFile: Decoder<Block<AgentFileValues>> = blockOf<AgentFileValues>({
  ...refusedAgentKeys,
  ...ignoredAgentKeys,
  datacenter: field(nodeName),
  nodeName: field(nodeName, ['node']),
  nodeId: field(uuid),
  nodeMeta: field(meta),
  dataDir: field(filledText),
  bindAddr: field(nodeAddress),
  advertiseAddr: field(advertised),
  clientAddr: field(address),
  ports: field(blockOf<PortValues>(portFields)),
  logLevel: field(logLevel),
  logJson: field(flag),
  defaultIntentionPolicy: field(policy),
  acl: field(
    blockOf<{ readonly enabled: boolean; readonly defaultPolicy: DefaultPolicy }>(aclFields),
  ),
  connect: field(blockOf<ConnectValues>(connectFields)),
  services: field(listOf(placed(serviceRegistration))),
  service: field(listOf(placed(serviceRegistration))),
  checks: field(listOf(placed(standaloneCheck))),
  check: field(listOf(placed(standaloneCheck))),
  bootstrapExpect: field(soleServer),
  partition: field(onlyDefault),
});
