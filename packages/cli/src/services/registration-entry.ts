import type { CheckRegistration, ServiceRegistrationEntry, UpstreamEntry } from '@chancery/client';
import {
  type CheckDefinition,
  type ConnectProxy,
  encodeCheck,
  type Service,
  type ServiceRegistration,
  type Upstream,
} from '@chancery/model';

/** A registration read from a file as the HTTP API takes it. */
export function registrationEntry(registration: ServiceRegistration): ServiceRegistrationEntry {
  const { service, checks, sidecar, token } = registration;
  const connect = {
    ...(service.connectNative && { Native: true }),
    ...(sidecar && { SidecarService: sidecarEntry(sidecar) }),
  };
  return {
    ...registered(service, checks),
    ...(Object.keys(connect).length > 0 && { Connect: connect }),
    ...(token !== undefined && { Token: token }),
  };
}

/** A sidecar has no ID of its own: it follows its service. */
function sidecarEntry({
  service,
  checks,
}: NonNullable<ServiceRegistration['sidecar']>): Partial<ServiceRegistrationEntry> {
  const { ID: _, ...entry } = registered(service, checks);
  return entry;
}

function registered(
  service: Service,
  checks: readonly CheckDefinition[],
): ServiceRegistrationEntry {
  return {
    ...(service.kind !== 'typical' && { Kind: service.kind }),
    ID: service.id,
    Name: service.name,
    Tags: service.tags,
    Port: service.port,
    Address: service.address,
    ...(service.socketPath !== undefined && { SocketPath: service.socketPath }),
    TaggedAddresses: taggedAddresses(service.taggedAddresses),
    EnableTagOverride: service.enableTagOverride,
    Meta: service.meta,
    Weights: { Passing: service.weights.passing, Warning: service.weights.warning },
    Checks: checks.map((check) => encodeCheck(check) as CheckRegistration),
    ...(service.proxy && { Proxy: proxy(service.proxy) }),
  };
}

function taggedAddresses(
  addresses: Service['taggedAddresses'],
): NonNullable<ServiceRegistrationEntry['TaggedAddresses']> {
  const entries = Object.entries(addresses);
  return Object.fromEntries(
    entries.map(([name, { address, port }]) => [name, { Address: address, Port: port }]),
  );
}

function proxy(declared: ConnectProxy): NonNullable<ServiceRegistrationEntry['Proxy']> {
  return {
    DestinationServiceName: declared.destinationServiceName,
    DestinationServiceID: declared.destinationServiceId,
    LocalServiceAddress: declared.localServiceAddress,
    LocalServicePort: declared.localServicePort,
    ...(declared.localServiceSocketPath !== undefined && {
      LocalServiceSocketPath: declared.localServiceSocketPath,
    }),
    Config: declared.config,
    Upstreams: declared.upstreams.map(upstream),
  };
}

function upstream(declared: Upstream): UpstreamEntry {
  return {
    DestinationType: declared.destinationType,
    DestinationName: declared.destinationName,
    ...(declared.datacenter !== undefined && { Datacenter: declared.datacenter }),
    ...(declared.localBindSocketPath === undefined
      ? { LocalBindAddress: declared.localBindAddress, LocalBindPort: declared.localBindPort }
      : { LocalBindSocketPath: declared.localBindSocketPath }),
    ...(declared.localBindSocketMode !== undefined && {
      LocalBindSocketMode: declared.localBindSocketMode,
    }),
    Config: declared.config,
  };
}
