import type { ServiceSettings } from '@chancery/config-entries';
import { serviceRef, serviceSni } from '@chancery/identity';
import { formatDuration } from '@chancery/model';
import { customizationHash, type Overrides } from './overrides.ts';

/** The chain of a service that no router, splitter or resolver has a say in. */
export interface DefaultChain {
  readonly service: string;
  readonly settings: ServiceSettings;
  readonly trustDomain: string;
  readonly datacenter: string;
  readonly overrides: Overrides;
}

const DEFAULT_CONNECT_TIMEOUT_MS = 5000;

/** A chain of one resolver and one target, as `/v1/discovery-chain` shows it. */
export function defaultChain(chain: DefaultChain): object {
  const { service, settings, datacenter, overrides } = chain;
  const { meta, envoyExtensions: extensions } = settings;
  const target = `${service}.default.default.${datacenter}`;
  const hash = customizationHash(overrides, settings, DEFAULT_CONNECT_TIMEOUT_MS);
  return {
    ServiceName: service,
    Namespace: 'default',
    Partition: 'default',
    Datacenter: datacenter,
    ...(hash !== undefined && { CustomizationHash: hash }),
    Default: true,
    Protocol: overrides.protocol ?? settings.protocol,
    ...(Object.keys(meta).length > 0 && { ServiceMeta: meta }),
    ...(extensions.length > 0 && { EnvoyExtensions: extensions.map(extension) }),
    StartNode: `resolver:${target}`,
    Nodes: { [`resolver:${target}`]: resolverNode(target, overrides) },
    Targets: { [target]: chainTarget(target, chain) },
    // There are no virtual addresses here; Consul has none for a service that is not in its mesh.
    AutoVirtualIPs: null,
    ManualVirtualIPs: null,
  };
}

function connectTimeout({ connectTimeoutMs }: Overrides): string {
  return formatDuration(connectTimeoutMs ?? DEFAULT_CONNECT_TIMEOUT_MS);
}

function extension({
  name,
  required,
  arguments: given,
  ...versions
}: ServiceSettings['envoyExtensions'][number]): object {
  return {
    Name: name,
    Required: required,
    Arguments: given ?? null,
    ConsulVersion: versions.consulVersion ?? '',
    EnvoyVersion: versions.envoyVersion ?? '',
  };
}

function resolverNode(target: string, overrides: Overrides): object {
  return {
    Type: 'resolver',
    Name: target,
    Resolver: { ConnectTimeout: connectTimeout(overrides), Default: true, Target: target },
  };
}

/** What is outside the mesh is not reached through its gateways. */
function chainTarget(
  id: string,
  { service, settings, trustDomain, datacenter, overrides }: DefaultChain,
): object {
  const { externalSni, dialedDirectly } = settings;
  const mode = overrides.meshGatewayMode ?? settings.meshGatewayMode;
  const name = serviceSni({ service: serviceRef(service), datacenter }, trustDomain);
  return {
    ConnectTimeout: connectTimeout(overrides),
    ID: id,
    Service: service,
    Namespace: 'default',
    Partition: 'default',
    Datacenter: datacenter,
    MeshGateway: mode === undefined || externalSni !== undefined ? {} : { Mode: mode },
    Subset: {},
    TransparentProxy: dialedDirectly ? { DialedDirectly: true } : {},
    ...(externalSni !== undefined && { External: true }),
    SNI: externalSni ?? name,
    Name: name,
  };
}
