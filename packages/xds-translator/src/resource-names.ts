import { type ServiceRef, servicePath } from '@chancery/identity';
import type { Upstream } from '@chancery/model';

/** The cluster of the process that a sidecar fronts. */
export const localAppCluster = 'local_app';

/**
 * The extension config that carries the intentions of the sidecar's own service, and the filter that asks
 * for it: Envoy knows both by one name, and tools look for this one in config dumps.
 */
export const intentionsFilter = 'envoy.filters.network.rbac';

/** The SDS secret with the certificate and key of a service: `leaf/ns/default/dc/dc1/svc/db`. */
export function leafSecretName(service: ServiceRef, datacenter: string): string {
  return `leaf${servicePath(service, datacenter)}`;
}

/** The SDS secret with the roots that peers of a trust domain are checked against. */
export function rootsSecretName(trustDomain: string): string {
  return `roots/${trustDomain}`;
}

/** `public_listener:0.0.0.0:21000`, as Consul spells it. */
export function publicListenerName(address: string, port: number): string {
  return `public_listener:${address}:${port}`;
}

/** `db:127.0.0.1:9191` or `db:/run/db.sock`, as Consul spells it; a remote datacenter is `db?dc=dc2`. */
export function upstreamListenerName(upstream: Upstream, datacenter: string): string {
  const remote = upstream.datacenter !== undefined && upstream.datacenter !== datacenter;
  const upstreamId = remote
    ? `${upstream.destinationName}?dc=${upstream.datacenter}`
    : upstream.destinationName;
  const place =
    upstream.localBindSocketPath ?? `${upstream.localBindAddress}:${upstream.localBindPort}`;
  return `${upstreamId}:${place}`;
}
