import type { ConnectProxy, Service, Upstream } from '@chancery/model';
import type { Shown } from './shown.ts';

/** An instance as `/v1/agent/services` shows it. */
export function agentService(service: Service, datacenter: string): Shown<'ID'> {
  const { kind, connectNative } = service;
  return {
    ...(kind !== 'typical' && { Kind: kind }),
    ID: service.id,
    Service: service.name,
    Tags: service.tags,
    Meta: service.meta,
    Port: service.port,
    Address: service.address,
    ...(service.socketPath !== undefined && { SocketPath: service.socketPath }),
    ...(hasKeys(service.taggedAddresses) && { TaggedAddresses: taggedAddresses(service) }),
    Weights: weights(service),
    EnableTagOverride: service.enableTagOverride,
    ...(service.proxy && { Proxy: proxy(service.proxy) }),
    ...(connectNative && { Connect: { Native: true } }),
    Datacenter: datacenter,
  };
}

/** The weights of an instance. */
export function weights({ weights: { passing, warning } }: Service): object {
  return { Passing: passing, Warning: warning };
}

/** The tagged addresses of an instance. */
export function taggedAddresses(service: Service): object {
  const entries = Object.entries(service.taggedAddresses);
  return Object.fromEntries(
    entries.map(([name, { address, port }]) => [name, { Address: address, Port: port }]),
  );
}

/** The proxy part of an instance. */
export function proxy(declared: ConnectProxy): object {
  const { localServicePort: port, localServiceSocketPath: socket, upstreams } = declared;
  return {
    DestinationServiceName: declared.destinationServiceName,
    ...(declared.destinationServiceId !== '' && {
      DestinationServiceID: declared.destinationServiceId,
    }),
    ...(declared.localServiceAddress !== '' && {
      LocalServiceAddress: declared.localServiceAddress,
    }),
    ...(port !== 0 && { LocalServicePort: port }),
    ...(socket !== undefined && { LocalServiceSocketPath: socket }),
    ...(hasKeys(declared.config) && { Config: declared.config }),
    ...(upstreams.length > 0 && { Upstreams: upstreams.map(upstream) }),
    MeshGateway: {},
    Expose: {},
  };
}

/** An address that was not declared is left out, as Consul does. */
const defaultBindAddress = '127.0.0.1';

function upstream(declared: Upstream): object {
  const { localBindAddress: address, localBindPort: port } = declared;
  return {
    DestinationType: declared.destinationType,
    DestinationName: declared.destinationName,
    ...(declared.datacenter !== undefined && { Datacenter: declared.datacenter }),
    ...(address !== defaultBindAddress && { LocalBindAddress: address }),
    ...(port !== 0 && { LocalBindPort: port }),
    ...(declared.localBindSocketPath !== undefined && {
      LocalBindSocketPath: declared.localBindSocketPath,
    }),
    ...(declared.localBindSocketMode !== undefined && {
      LocalBindSocketMode: declared.localBindSocketMode,
    }),
    ...(hasKeys(declared.config) && { Config: declared.config }),
    MeshGateway: {},
  };
}

/** Whether an object has anything in it. */
export function hasKeys(value: object): boolean {
  for (const _key in value) return true;
  return false;
}
