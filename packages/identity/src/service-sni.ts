import type { Target } from './service-ref.ts';

/**
 * The server name under which a sidecar dials a target, `db.default.dc1.internal.<trust domain>`
 * with the subset in front; also the name of the target's cluster. Spelled as Consul spells it.
 */
export function serviceSni(target: Target, trustDomain: string): string {
  const { service, subset, datacenter } = target;
  const subsetPrefix = subset === undefined ? '' : `${subset}.`;
  const owner = `${subsetPrefix}${service.name}.${service.namespace}`;
  return service.partition === 'default'
    ? `${owner}.${datacenter}.internal.${trustDomain}`
    : `${owner}.${service.partition}.${datacenter}.internal-v1.${trustDomain}`;
}
