import { type Block, blockOf, field, unsupported } from './block.ts';
import { type CheckBlock, checkBlock } from './check-fields.ts';
import { serviceId, serviceName } from './names.ts';
import {
  type Decoder,
  describe,
  filledText,
  flag,
  listOf,
  mapOf,
  oneOf,
  port,
  text,
  wholeNumber,
} from './primitives.ts';
import { type ProxyBlock, proxyBlock } from './proxy-decoder.ts';
import { report } from './scope.ts';
import type { ServiceKind } from './service.ts';
import { onlyDefault } from './tenancy.ts';

const kind: Decoder<ServiceKind> = (value, scope) => {
  if (value === '' || value === 'typical') return 'typical';
  if (typeof value === 'string' && value.endsWith('-gateway')) {
    return report(scope, `${value} is not supported: there are no gateways yet`, {
      code: 'unsupported',
      key: value,
    });
  }
  return oneOf('connect-proxy')(value, scope);
};

const weight = (minimum: number): Decoder<number> => wholeNumber(minimum, 65535);
const weightFields = { passing: field(weight(1)), warning: field(weight(0)) };

const taggedAddressFields = { address: field(filledText), port: field(port) };

/** An address others can dial: the any-address is none. */
const reachable: Decoder<string> = (value, scope) => {
  const found = text(value, scope);
  if (found === undefined || !['0.0.0.0', '::', '[::]'].includes(found)) return found;
  return report(scope, `${describe(found)} is no address that others can reach`);
};

const metaValue: Decoder<string> = (value, scope) => {
  const found = text(value, scope);
  if (found === undefined || found.length <= 512) return found;
  return report(scope, 'longer than 512 characters');
};

/** Metadata of an instance or node, within Consul's bounds: 64 keys, of letters, digits, `-` and `_`, at most 128 long. */
export const meta: Decoder<Readonly<Record<string, string>>> = (value, scope) => {
  const found = mapOf(metaValue)(value, scope);
  if (found === undefined) return undefined;
  const keys = Object.keys(found);
  const wrong = keys.filter((key) => !/^[A-Za-z0-9_-]{1,128}$/.test(key));
  for (const key of wrong) {
    report(scope, `the key ${describe(key)} must be letters, digits, "-" and "_", at most 128`);
  }
  if (keys.length > 64) report(scope, `${keys.length} keys: at most 64 are kept`);
  return found;
};

interface CommonValues {
  readonly id: string;
  readonly name: string;
  readonly kind: ServiceKind;
  readonly tags: readonly string[];
  readonly address: string;
  readonly port: number;
  readonly socketPath: string;
  readonly meta: Readonly<Record<string, string>>;
  readonly taggedAddresses: Readonly<
    Record<string, Block<{ readonly address: string; readonly port: number }>>
  >;
  readonly weights: Block<{ readonly passing: number; readonly warning: number }>;
  readonly enableTagOverride: boolean;
  readonly token: string;
  readonly check: CheckBlock;
  readonly checks: readonly CheckBlock[];
  readonly proxy: ProxyBlock;
  readonly namespace: 'default';
  readonly partition: 'default';
}

interface ConnectValues {
  readonly native: boolean;
  readonly sidecarService: SidecarBlock;
}

interface ServiceValues extends CommonValues {
  readonly connect: Block<ConnectValues>;
}

const commonFields = {
  id: field(serviceId),
  name: field(serviceName, ['service']),
  kind: field(kind),
  tags: field(listOf(text)),
  address: field(reachable),
  port: field(port),
  socketPath: field(text),
  meta: field(meta),
  taggedAddresses: field(mapOf(blockOf(taggedAddressFields))),
  weights: field(blockOf(weightFields)),
  enableTagOverride: field(flag),
  token: field(text),
  check: field(checkBlock),
  checks: field(listOf(checkBlock)),
  proxy: field(proxyBlock),
  namespace: field(onlyDefault),
  partition: field(onlyDefault),
  ...unsupported('traffic does not prefer a locality yet', 'locality'),
  ...unsupported('several ports of one instance are not supported', 'ports'),
};

const sidecarFields = {
  ...commonFields,
  ...unsupported('a sidecar has no sidecar of its own', 'connect'),
};

const connectFields = {
  native: field(flag),
  sidecarService: field(blockOf<CommonValues>(sidecarFields)),
};

const serviceFields = { ...commonFields, connect: field(blockOf<ConnectValues>(connectFields)) };

/** Reads a service block or body. */
export const serviceBlock: Decoder<ServiceBlock> = blockOf<ServiceValues>(serviceFields);
/** What was read of a service. */
export type ServiceBlock = Block<ServiceValues>;
/** What was read of a `sidecar_service` block: what a service and a sidecar have in common. */
export type SidecarBlock = Block<CommonValues>;
