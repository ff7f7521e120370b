import { defined, spell } from './block.ts';
import { proxyOf } from './proxy-decoder.ts';
import { report } from './scope.ts';
import type { Service, ServiceRegistration } from './service.ts';
import type { SidecarBlock } from './service-block.ts';
import { checksOf, commonParts } from './service-common.ts';

/** The ID of the sidecar of an instance, which is also how it is found. */
export function sidecarId(serviceId: string): string {
  return `${serviceId}-sidecar-proxy`;
}

/**
 * The sidecar that a `sidecar_service` block asks for. Tags, meta and address come from the service where the
 * block has none of its own; weights, tagged addresses and the tag override do not (as in Consul).
 */
export function sidecarOf(
  block: SidecarBlock,
  parent: Service,
  parentToken: string | undefined,
): Omit<ServiceRegistration, 'sidecar'> {
  refuseOwnIdentity(block);
  const service = sidecarService(block, parent);
  return {
    service,
    checks: checksOf(block, service),
    ...defined({ token: block.values.token || parentToken }),
  };
}

function sidecarService(block: SidecarBlock, parent: Service): Service {
  const { values } = block;
  return {
    ...commonParts(block),
    id: sidecarId(parent.id),
    name: values.name ?? `${parent.name}-sidecar-proxy`,
    kind: 'connect-proxy',
    tags: values.tags?.length ? values.tags : parent.tags,
    address: values.address || parent.address,
    port: values.port ?? 0,
    meta: Object.keys(values.meta ?? {}).length > 0 ? (values.meta ?? {}) : parent.meta,
    connectNative: false,
    proxy: proxyOf(values.proxy, {
      serviceName: parent.name,
      serviceId: parent.id,
      port: parent.port,
      ...defined({ socketPath: parent.socketPath }),
    }),
    ...defined({ socketPath: values.socketPath || undefined }),
  };
}

function refuseOwnIdentity(block: SidecarBlock): void {
  const { casing } = block.scope;
  if (block.has('id')) {
    const key = spell('id', casing);
    report(block.at('id'), `a sidecar has no ${key} of its own: it follows its service`);
  }
  if (block.values.kind === 'typical' && block.has('kind')) {
    report(block.at('kind'), 'a sidecar is of the kind "connect-proxy"');
  }
}
