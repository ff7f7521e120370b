import { type Block, blockOf, field, unsupported } from './block.ts';
import { serviceId, serviceName } from './names.ts';
import { type Decoder, listOf, opaque, port, text } from './primitives.ts';
import type { ConnectProxy, JsonObject, Upstream } from './proxy.ts';
import { readProxyConfig } from './proxy-config-decoder.ts';
import { within } from './scope.ts';
import { refuseSameUpstreams, upstream } from './upstream-decoder.ts';

const later = 'there is no transparent proxying yet: declare each upstream';

interface ProxyValues {
  readonly destinationServiceName: string;
  readonly destinationServiceId: string;
  readonly localServiceAddress: string;
  readonly localServicePort: number;
  readonly localServiceSocketPath: string;
  readonly config: JsonObject;
  readonly upstreams: readonly Upstream[];
}

const proxyFields = {
  destinationServiceName: field(serviceName),
  destinationServiceId: field<string>((value, scope) =>
    value === '' ? '' : serviceId(value, scope),
  ),
  localServiceAddress: field(text),
  localServicePort: field(port),
  localServiceSocketPath: field(text),
  config: field(opaque),
  upstreams: field(listOf(upstream)),
  ...unsupported(later, 'mode', 'transparentProxy'),
  ...unsupported('there are no mesh gateways yet', 'meshGateway'),
  ...unsupported('proxies speak only TCP today, and expose no paths', 'expose'),
  ...unsupported('access logs are set for all proxies, in proxy-defaults', 'accessLogs'),
  ...unsupported('proxies have no extensions yet', 'envoyExtensions', 'mutualTlsMode'),
};

/** Reads the `proxy` block of a sidecar. */
export const proxyBlock: Decoder<ProxyBlock> = blockOf<ProxyValues>(proxyFields);
/** What was read of it. */
export type ProxyBlock = Block<ProxyValues>;

/** What a sidecar fronts when its block does not say so. */
export interface Fronted {
  readonly serviceName: string;
  readonly serviceId: string;
  readonly port: number;
  readonly socketPath?: string;
}

/** The proxy of an instance, with what its block leaves open taken from what it fronts. */
export function proxyOf(block: ProxyBlock | undefined, fronted: Fronted): ConnectProxy {
  const values: Partial<ProxyBlock['values']> = block?.values ?? {};
  const config = values.config ?? {};
  if (block !== undefined) readProxyConfig(config, block.at('config'));
  return {
    destinationServiceName: values.destinationServiceName ?? fronted.serviceName,
    destinationServiceId: values.destinationServiceId || fronted.serviceId,
    ...localService(values, fronted),
    config,
    upstreams: checkedUpstreams(block),
  };
}

type Local = Pick<
  ConnectProxy,
  'localServiceAddress' | 'localServicePort' | 'localServiceSocketPath'
>;

function localService(values: Partial<ProxyBlock['values']>, fronted: Fronted): Local {
  const address = values.localServiceAddress ?? '';
  const localPort = values.localServicePort ?? 0;
  const dialsPort = address !== '' && localPort > 0;
  const socketPath = values.localServiceSocketPath || (dialsPort ? undefined : fronted.socketPath);
  if (socketPath) {
    return {
      localServiceAddress: address,
      localServicePort: localPort,
      localServiceSocketPath: socketPath,
    };
  }
  return {
    localServiceAddress: address || '127.0.0.1',
    localServicePort: localPort || fronted.port,
  };
}

function checkedUpstreams(block: ProxyBlock | undefined): readonly Upstream[] {
  const upstreams = block?.values.upstreams ?? [];
  if (block !== undefined) {
    refuseSameUpstreams(upstreams, (index) => within(block.at('upstreams'), index));
  }
  return upstreams;
}
