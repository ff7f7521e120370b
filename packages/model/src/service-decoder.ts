import { defined, spell } from './block.ts';
import type { Decoded, Issue } from './decoded.ts';
import { type Decoder, tellingKeysOf } from './primitives.ts';
import { proxyOf } from './proxy-decoder.ts';
import { type Casing, decoded, report, rootScope } from './scope.ts';
import type { Service, ServiceRegistration } from './service.ts';
import { type ServiceBlock, serviceBlock } from './service-block.ts';
import { checksOf, commonParts } from './service-common.ts';
import { sidecarOf } from './sidecar.ts';

/** A registration, or its mistakes; and what was understood and is done otherwise here. */
export type DecodedService = Decoded<ServiceRegistration> & { readonly warnings: readonly Issue[] };

/** Reads one `service` block or the body of a registration, and all that its sidecar inherits from it. */
export function decodeServiceRegistration(
  value: unknown,
  options: { readonly casing: Casing },
): DecodedService {
  const scope = rootScope(options.casing);
  return { ...decoded(scope, serviceRegistration(value, scope)), warnings: scope.warnings };
}

/** As `decodeServiceRegistration`, at a place of a larger document. */
export const serviceRegistration: Decoder<ServiceRegistration> = tellingKeysOf(
  serviceBlock,
  (value, scope) => {
    const block = serviceBlock(value, scope);
    if (block === undefined) return undefined;
    requireName(block);
    const service = serviceOf(block);
    const sidecarBlock = block.values.connect?.values.sidecarService;
    return {
      service,
      checks: checksOf(block, service),
      ...defined({
        sidecar: sidecarBlock && sidecarOf(sidecarBlock, service, block.values.token || undefined),
        token: block.values.token || undefined,
      }),
    };
  },
);

function requireName(block: ServiceBlock): void {
  if (block.has('name')) return;
  report(block.scope, `${spell('name', block.scope.casing)} is missing: a service needs one`, {
    code: 'missing',
  });
}

function serviceOf(block: ServiceBlock): Service {
  const { values } = block;
  const name = values.name ?? '';
  const isProxy = values.kind === 'connect-proxy';
  requireProxyParts(block, isProxy);
  return {
    ...commonParts(block),
    id: values.id ?? name,
    name,
    kind: isProxy ? 'connect-proxy' : 'typical',
    tags: values.tags ?? [],
    address: values.address ?? '',
    port: values.port ?? 0,
    meta: values.meta ?? {},
    connectNative: values.connect?.values.native ?? false,
    ...defined({
      socketPath: values.socketPath || undefined,
      proxy: isProxy ? standaloneProxy(block) : undefined,
    }),
  };
}

/** A proxy that is registered by itself dials its service by what its block says, and nothing else. */
function standaloneProxy(block: ServiceBlock): NonNullable<Service['proxy']> {
  return proxyOf(block.values.proxy, { serviceName: '', serviceId: '', port: 0 });
}

function requireProxyParts(block: ServiceBlock, isProxy: boolean): void {
  if (!isProxy) {
    refuseProxyParts(block);
    return;
  }
  const { casing } = block.scope;
  if (!block.has('port') && !block.has('socketPath')) {
    const key = spell('port', casing);
    report(block.scope, `${key} is missing: say where the proxy listens`, { code: 'missing' });
  }
  if (!block.values.proxy?.has('destinationServiceName')) {
    const key = spell('destinationServiceName', casing);
    report(block.at('proxy'), `${key} is missing: say which service it fronts`, {
      code: 'missing',
    });
  }
  if (block.values.connect !== undefined && (block.values.connect.values.native ?? false)) {
    report(block.at('connect'), 'a proxy cannot be native: only a service speaks for itself');
  }
  if (block.values.connect?.has('sidecarService')) {
    report(block.at('connect'), 'a proxy has no sidecar of its own');
  }
}

function refuseProxyParts(block: ServiceBlock): void {
  if (!block.values.proxy?.has('destinationServiceName') && !upstreamsWithoutSidecar(block)) return;
  const kind = spell('kind', block.scope.casing);
  report(
    block.at('proxy'),
    `only a proxy has this block: put it into ${spell('sidecarService', block.scope.casing)}, or set ${kind} to "connect-proxy"`,
  );
}

function upstreamsWithoutSidecar(block: ServiceBlock): boolean {
  return (block.values.proxy?.values.upstreams?.length ?? 0) > 0;
}
